import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { CeleriacError } from '../../../server/api/errors.ts';
import { confirmWrite } from '../../commands/confirmWrite.ts';
import type { RowTarget } from '../../commands/rowTarget.ts';
import type { Parts } from '../../parts.ts';
import { pickOne } from '../../pick/pickOne.ts';
import { completeSides, typeSides } from '../../retry/completeCall.ts';
import { chooseApp } from './chooseApp.ts';
import { codeFolders, workspaceFolderOf } from './codeFolders.ts';
import { findWrittenTask } from './findWrittenTask.ts';
import { meantTask } from './meantTask.ts';
import { runInWorker } from './runInWorker.ts';
import { startStopping } from './stopAtFirstLine.ts';
import { eagerConfiguration, isTooLong, type TaskRun } from './taskRun.ts';

/** Runs one task of the workspace's own code under the debugger, with the arguments that it had or that are typed. */
export const runTaskUnderDebugger = async (target: RowTarget, parts: Parts): Promise<void> => {
  codeFolders();
  const { taskName, call, cluster, file } = await meantTask(target, parts);
  const title = t('Run {0} Under the Debugger', taskName);
  const written = await findWrittenTask(taskName, file, parts);
  const app = await chooseApp(title, written?.file ?? null, parts);
  const how = await chooseHow(title, parts);
  const sides = call
    ? await completeSides(title, t('Select the arguments'), call)
    : await typeSides(title, noArguments);
  const run: TaskRun = { app, taskName, ...sides, module: written?.module ?? null };
  const folder = workspaceFolderOf(app.file);
  const root = folder?.uri.fsPath ?? app.folder;
  if (how === 'worker') return runInWorker(run, { title, folder, root, written, row: cluster }, parts);
  if (isTooLong(run))
    throw new CeleriacError(
      'badRequest',
      t('These arguments are too long for a process. Send the task to a worker instead.'),
    );
  if (cluster) await confirmWrite(realRun(title), { ...cluster, isReadOnly: false });
  const program = join(parts.context.extensionPath, 'dist', 'runTask.py');
  await startStopping(parts, written, eagerConfiguration(run, program, root), folder);
};

const noArguments = { args: { kind: 'whole', json: '[]' }, kwargs: { kind: 'whole', json: '{}' } } as const;

/** Nothing of this goes through the connection; but what the code does, it does. */
const realRun = (title: string) => ({
  title,
  consequence: t('Runs your code again, against the real services in its settings.'),
  action: t('Run'),
  weight: 'plain' as const,
});

const chooseHow = async (title: string, { mirror }: Parts): Promise<'here' | 'worker'> => {
  const here = {
    label: t('In a separate process'),
    detail: t('task.apply() without the broker. Tasks that it sends still go to the broker.'),
    how: 'here' as const,
  };
  const worker = {
    label: t('In a separate worker, through the broker'),
    detail: t('A solo worker on a private queue.'),
    how: 'worker' as const,
  };
  if (![...mirror.snapshots.values()].some(({ link }) => link.kind === 'live')) return 'here';
  return (await pickOne([here, worker], { title, placeHolder: t('Select where to run it') })).how;
};
