import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Discovery } from '../../server/api/discovery.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import { run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { showInformation } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { chooseBroker } from './chooseBroker.ts';
import { readableFolders } from './readableFolders.ts';
import { useBroker } from './useBroker.ts';

/** The command that finds brokers. */
export const startFindingBrokers = (parts: Parts): Area<'findBrokers'> => ({
  commands: { findBrokers: () => findBrokers(parts) },
  dispose: () => undefined,
});

/** Lists the brokers that the workspace names; the one that is picked can be added as a connection. */
const findBrokers = async (parts: Parts): Promise<void> => {
  const folders = readableFolders();
  if (folders.length === 0) throw new CeleriacError('unsupported', whyNothing());
  const title = t('Looking for brokers in this workspace');
  const discovery = await showProgress({ place: 'statusBar' as const, title }, () =>
    parts.backend.request(requests.discoverBrokers, { folders }),
  );
  if (discovery.brokers.length + discovery.unclear.length === 0) return sayNothingFound(discovery);
  const broker = await chooseBroker(discovery);
  if (broker) await useBroker(broker, parts.connections);
};

const whyNothing = (): string => {
  if (!vscode.workspace.isTrusted)
    return t(
      'Files are read for brokers only in a workspace that you trust. Run "Workspaces: Manage Workspace Trust".',
    );
  return vscode.workspace.workspaceFolders?.length
    ? t('This workspace is not on a disk, so its files cannot be read for brokers. Run "Celery: Add Connection…".')
    : t('No folder is open. Open the folder of your Celery project, or run "Celery: Add Connection…".');
};

const sayNothingFound = async ({ filesRead }: Discovery): Promise<void> => {
  const add = t('Add Connection…');
  const sentence = t(
    'No broker found in {0} files (.env, Compose, Celery and Django settings, pyproject.toml).',
    filesRead,
  );
  if ((await showInformation(sentence, add)) === add) await run('addConnection');
};
