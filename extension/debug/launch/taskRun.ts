import { t } from '@vscode/l10n';
import type { CeleryApp } from '../../../server/api/language.ts';
import { celeryType, folderWords, type LaunchConfiguration } from './offeredConfigurations.ts';

/** One task to be run under the debugger. */
export interface TaskRun {
  readonly app: CeleryApp;
  readonly taskName: string;
  /** JSON as it was written or recovered: numbers stay exactly what they were. */
  readonly argsJson: string;
  readonly kwargsJson: string;
  /** Where the app's includes do not lead to the task: the module that holds it. */
  readonly module: string | null;
}

/** What the operating system lets one environment variable hold, and a margin. */
const longestOrder = 120_000;

/** Whether its arguments can be handed over. */
export const isTooLong = (run: TaskRun): boolean => Buffer.byteLength(orderOf(run)) > longestOrder;

/** `task.apply(args, kwargs)` in a process of its own. */
export const eagerConfiguration = (run: TaskRun, program: string, root: string): LaunchConfiguration => ({
  type: celeryType,
  request: 'launch',
  name: t('Task {0}', run.taskName),
  program,
  cwd: folderWords(run.app.folder, root),
  env: { CELERIAC_TASK: orderOf(run) },
  console: 'internalConsole',
  justMyCode: true,
  // Whoever steps out of the task has seen all of it.
  rules: [{ path: program, include: false }],
});

const orderOf = ({ app, taskName, argsJson, kwargsJson, module }: TaskRun): string =>
  `{"app":${JSON.stringify(app.target)},"name":${JSON.stringify(taskName)},"module":${JSON.stringify(module)},"args":${argsJson},"kwargs":${kwargsJson}}`;

/** A worker that takes this one task: on a queue that nobody else knows. */
export const brokerConfiguration = (run: TaskRun, name: string, root: string): LaunchConfiguration => ({
  type: celeryType,
  request: 'launch',
  name: t('Task {0}', run.taskName),
  app: run.app.target,
  cwd: folderWords(run.app.folder, root),
  pool: 'solo',
  workerName: `${name}@%h`,
  queues: [queueOf(name)],
  console: 'internalConsole',
});

/** The worker's name is unlike any other; so is its queue. */
export const queueOf = (name: string): string => `celeriac.${name}`;
