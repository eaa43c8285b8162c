import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { Log } from '../log.ts';
import { orCancelled } from '../pick/orCancelled.ts';
import { type Python, probePython } from '../python/probePython.ts';
import { askModally } from '../shown/messages.ts';
import { showProgress } from '../shown/showProgress.ts';
import { isCeleryFit, isPythonFit } from './demoPython.ts';
import { refuseForeignVenv, removeVenv } from './demoVenv.ts';
import { pythonIn } from './pythonCandidates.ts';

const installWithinMs = 5 * 60_000;
const requirement = 'celery>=5.3,<6';

/** Makes a virtual environment with Celery for the demo alone, once the user has agreed to the download. */
export const installCelery = async (
  pythons: readonly Python[],
  place: { readonly folder: string; readonly cwd: string },
  log: Log,
): Promise<Python> => {
  const base = pythons.find(isPythonFit);
  if (!base) throw new CeleriacError('notFound', whyNoPython(pythons));
  const yes = t('Download and Start');
  const detail = t(
    'No Python here has Celery 5.3 or newer. With your consent, pip downloads Celery and its dependencies (about 15 packages, 5 MB) from your package index into a virtual environment in {0}. Nothing else is changed.',
    place.folder,
  );
  orCancelled(await askModally({ message: t('Download Celery for the demo cluster?'), detail: [detail] }, yes));
  const title = t('Installing Celery for the demo cluster');
  const options = { place: 'notification' as const, title, cancellable: true };
  await showProgress(options, (_progress, token) => install(base, place, log, token));
  const python = await probePython(pythonIn(place.folder, process.platform), place.cwd);
  if (python && isCeleryFit(python)) return python;
  throw new CeleriacError(
    'internal',
    t('Celery was installed, but cannot be imported. "Celery: Show Logs" says more.'),
  );
};

const install = async (
  base: Python,
  { folder, cwd }: { readonly folder: string; readonly cwd: string },
  log: Log,
  token: vscode.CancellationToken,
): Promise<void> => {
  const abort = new AbortController();
  const listener = token.onCancellationRequested(() => abort.abort());
  const run = async (command: string, args: readonly string[]): Promise<void> => {
    await promisify(execFile)(command, [...args], { cwd, signal: abort.signal, timeout: installWithinMs });
  };
  refuseForeignVenv(folder);
  try {
    await run(base.command, ['-m', 'venv', '--clear', folder]);
    await run(pythonIn(folder, process.platform), ['-m', 'pip', 'install', '--disable-pip-version-check', requirement]);
  } catch (error) {
    removeVenv(folder);
    if (token.isCancellationRequested) throw new CeleriacError('cancelled', 'The installation was cancelled.');
    log.error('Celery could not be installed for the demo.', error);
    throw new CeleriacError('internal', t('Celery could not be installed: {0}', lastLine(error)), { cause: error });
  } finally {
    listener.dispose();
  }
};

const lastLine = (error: unknown): string => {
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().split('\n').at(-1) ?? '';
};

const whyNoPython = (pythons: readonly Python[]): string =>
  pythons.length === 0
    ? t('The demo cluster requires Python 3.9 or newer. Install it from python.org, then try again.')
    : t('The demo cluster requires Python 3.9 or newer (found {0}).', pythons.map(({ version }) => version).join(', '));
