import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { readOnlyPolicy } from '../config.ts';
import type { Parts } from '../parts.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { askModally } from '../shown/messages.ts';
import { showBriefly } from '../shown/statusItem.ts';
import { askSecrets } from './askSecret.ts';
import { chooseConnection } from './chooseConnection.ts';
import { checkEditable, removeEntry, saveEntry } from './connectionStore.ts';
import { maskPlaceholders } from './placeholder.ts';
import { isReadOnly } from './readOnlyPolicy.ts';
import { environmentOf } from './resolveConnection.ts';

const noConnection = (): string => t('There are no connections. Add one with "Celery: Add Connection…".');

/** Opens a connection, asking for a password that it lacks; one that waits for its next attempt tries at once. */
export const connect = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const { connections, secrets } = parts;
  const entry = await chooseConnection(row, parts, {
    title: t('Connect'),
    among: ({ name }) => parts.mirror.snapshots.get(name)?.link.kind !== 'live',
    none: connections.listed.length === 0 ? noConnection() : t('All connections are already open.'),
    takesOnly: true,
  });
  await askSecrets(entry.name, connections.missingOf(entry.name), secrets);
  const isOpen = connections.wants(entry.name) && !connections.unusable.has(entry.name);
  if (isOpen) await parts.backend.request(requests.refreshCluster, { clusterId: entry.name });
  else await connections.want(entry.name, true);
  const problem = connections.unusable.get(entry.name);
  if (problem !== undefined)
    throw new CeleriacError('badRequest', t('{0} was not connected. {1}', entry.name, problem));
  parts.active.choose(entry.name);
};

export const disconnect = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const { connections } = parts;
  const entry = await chooseConnection(row, parts, {
    title: t('Disconnect'),
    among: ({ name }) => connections.wants(name) && !connections.unusable.has(name),
    none: t('No connection is open.'),
    takesOnly: true,
  });
  await connections.want(entry.name, false);
};

/** Makes a connection the one that the status bar shows and that commands mean; opens it when it is not open. */
export const switchConnection = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const { connections, active } = parts;
  const entry = await chooseConnection(row, parts, { title: t('Switch Connection'), none: noConnection() });
  if (!connections.wants(entry.name) || connections.missingOf(entry.name).length > 0)
    await connect({ clusterId: entry.name }, parts);
  active.choose(entry.name);
};

export const toggleReadOnly = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const entry = await chooseConnection(row, parts, {
    title: t('Read-Only'),
    none: noConnection(),
    takesOnly: true,
  });
  checkEditable(entry);
  const { name, setting } = entry;
  const policy = readOnlyPolicy();
  if (policy === 'always')
    throw new CeleriacError(
      'readOnly',
      t('The setting "celeriac.connection.readOnly" keeps all connections read-only. Change it first.'),
    );
  const wish = typeof setting.readOnly === 'boolean' ? setting.readOnly : undefined;
  const environment = environmentOf(setting.environment) ?? 'dev';
  const readOnly = !isReadOnly(policy, environment, wish);
  if (!readOnly && environment === 'prod') await confirmWritable(name);
  await saveEntry({ ...setting, readOnly }, name);
};

const confirmWritable = async (name: string): Promise<void> => {
  const detail = t(
    'This is a production connection. Commands will be able to change its workers and queues, with confirmation.',
  );
  const yes = t('Make Writable');
  orCancelled(await askModally({ message: t('Make {0} writable?', name), detail: [detail] }, yes));
};

export const copyMaskedUrl = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const { name, setting } = await chooseConnection(row, parts, {
    title: t('Copy Masked URL'),
    none: noConnection(),
    takesOnly: true,
  });
  const url = parts.mirror.snapshots.get(name)?.maskedUrl ?? maskPlaceholders(String(setting.url ?? ''));
  await vscode.env.clipboard.writeText(url);
  showBriefly(t('Copied {0}', url), 6_000);
};

export const removeConnection = async (row: Pick<RowTarget, 'clusterId'>, parts: Parts): Promise<void> => {
  const entry = await chooseConnection(row, parts, { title: t('Remove Connection'), none: noConnection() });
  checkEditable(entry);
  const { name } = entry;
  const detail = t(
    "Deletes its entry in the settings and its passwords in VS Code's secret storage. The broker, its queues and the history on this computer are not affected.",
  );
  const yes = t('Remove');
  orCancelled(await askModally({ message: t('Remove the connection {0}?', name), detail: [detail] }, yes));
  await removeEntry(name);
  await parts.secrets.forget(name);
  parts.choices.forget(name);
  await parts.connections.reconcile();
};
