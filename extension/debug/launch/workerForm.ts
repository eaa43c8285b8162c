import { t } from '@vscode/l10n';
import type { CeleryApp } from '../../../server/api/language.ts';
import { celeryType, folderWords, type LaunchConfiguration } from './offeredConfigurations.ts';

/** What can be chosen for a worker that is started under the debugger. */
export interface WorkerForm {
  readonly pool: 'solo' | 'prefork';
  /** `shared`: those of the app, as every other worker of it. */
  readonly queues: 'shared' | 'private' | readonly string[];
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARNING';
  readonly restartOnSave: boolean;
  readonly console: 'internalConsole' | 'integratedTerminal';
}

/** Who the worker belongs to, for names that nobody else has. */
export interface WorkerOwner {
  readonly user: string;
}

/** Where others work, nothing is taken from them unasked. */
export const firstForm = (isShared: boolean): WorkerForm => ({
  pool: 'solo',
  queues: isShared ? 'private' : 'shared',
  logLevel: 'INFO',
  restartOnSave: false,
  console: 'internalConsole',
});

export const workerConfiguration = (
  form: WorkerForm,
  app: CeleryApp,
  root: string,
  owner: WorkerOwner,
): LaunchConfiguration => ({
  type: celeryType,
  request: 'launch',
  name: t('Celery: worker of {0} ({1})', app.target, form.pool),
  app: app.target,
  cwd: folderWords(app.folder, root),
  pool: form.pool,
  ...(form.pool === 'prefork' ? { concurrency: 2 } : {}),
  workerName: `debug-${wordOf(owner.user)}@%h`,
  queues: queuesOf(form, owner),
  logLevel: form.logLevel,
  restartOnSave: form.restartOnSave,
  console: form.console,
});

/** A queue that only this person's debugged worker takes from. */
export const privateQueue = ({ user }: WorkerOwner): string => `celeriac.debug.${wordOf(user)}`;

const queuesOf = ({ queues }: WorkerForm, owner: WorkerOwner): readonly string[] => {
  if (queues === 'shared') return [];
  return queues === 'private' ? [privateQueue(owner)] : queues;
};

const wordOf = (user: string): string => user.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || 'me';

/** One row of the form: what is chosen now, and what a choice of it would be. */
export interface FormRow {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly field: 'start' | keyof WorkerForm | 'save';
}

export const formRows = (form: WorkerForm, app: CeleryApp, owner: WorkerOwner): readonly FormRow[] => [
  { label: t('Start'), description: app.target, detail: summary(form, owner), field: 'start' },
  { label: t('Pool'), description: poolWords(form.pool), field: 'pool' },
  { label: t('Queues'), description: queueWords(form, owner), field: 'queues' },
  { label: t('Log level'), description: form.logLevel, field: 'logLevel' },
  {
    label: t('Restart on save'),
    description: form.restartOnSave ? t('yes') : t('no'),
    field: 'restartOnSave',
  },
  { label: t('Output'), description: consoleWords(form.console), field: 'console' },
  { label: t('Write to launch.json'), description: t('then start it with F5'), field: 'save' },
];

const summary = (form: WorkerForm, owner: WorkerOwner): string =>
  form.queues === 'shared'
    ? t("Takes tasks from the app's other workers and pauses them while you debug.")
    : t('Takes only tasks sent to {0}.', queuesOf(form, owner).join(', '));

export const poolWords = (pool: WorkerForm['pool']): string =>
  pool === 'solo'
    ? t('solo: one process, one task at a time')
    : t('prefork: two processes as in production, one debug session each');

const queueWords = (form: WorkerForm, owner: WorkerOwner): string =>
  form.queues === 'shared' ? t('queues of the app') : queuesOf(form, owner).join(', ');

export const consoleWords = (console: WorkerForm['console']): string =>
  console === 'internalConsole' ? t('debug console') : t('terminal');
