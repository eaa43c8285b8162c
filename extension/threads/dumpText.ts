import { t } from '@vscode/l10n';
import type { DumpedProcess, DumpedThread, ThreadDump } from '../../server/api/threads.ts';
import type { HeldTask } from '../../server/api/workerDetail.ts';

/** What the threads of a worker do, as a page: those that run a task first, each call as in a traceback. */
export const dumpText = (clusterName: string, dump: ThreadDump): string => {
  const { target, takenAt, source } = dump;
  const head = [
    `celery threads ${target.hostname}`,
    [
      clusterName,
      new Date(takenAt).toTimeString().slice(0, 8),
      ...(target.pid === null ? [] : [t('process {0}', target.pid)]),
      ...(target.pool === null ? [] : [target.pool]),
      ...(source === null ? [] : [t('read from {0}', source)]),
    ].join(' · '),
  ];
  const blocks = [head, runningLines(dump), ...dump.processes.flatMap((process) => processBlocks(process, dump))];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

/** Which tasks run where, and where to look for those that do not run in what is shown. */
const runningLines = ({ target, processes }: ThreadDump): string[] => {
  const { running, children } = target;
  if (running.length === 0) return [t('It runs no task at present.')];
  const lines = running.map((task) => `  ${taskWords(task)}`);
  const shown = new Set(processes.map(({ pid }) => pid));
  const isElsewhere = running.some(({ pid }) => pid !== null && children.includes(pid) && !shown.has(pid));
  return [
    t('It runs now:'),
    ...lines,
    ...(isElsewhere
      ? [
          '',
          t(
            'They run in child processes, which take this signal for the soft time limit: only the main one was asked.',
          ),
        ]
      : []),
  ];
};

const taskWords = ({ id, name, pid, startedAt }: HeldTask): string =>
  [
    `${name ?? t('unknown task')} ${id}`,
    ...(pid === null ? [] : [t('process {0}', pid)]),
    ...(startedAt === null ? [] : [t('since {0}', new Date(startedAt).toTimeString().slice(0, 8))]),
  ].join(' · ');

const processBlocks = ({ pid, threads }: DumpedProcess, { processes }: ThreadDump): string[][] => {
  const heading = processes.length > 1 ? [[t('Process {0}', pid)]] : [];
  return [...heading, ...threads.toSorted((a, b) => weight(a) - weight(b)).map(threadLines)];
};

/** What runs a task is what one came for. */
const weight = ({ task, name }: DumpedThread): number => {
  if (task !== null) return 0;
  return name === 'MainThread' ? 1 : 2;
};

const threadLines = ({ name, frames, locals, task }: DumpedThread): string[] => [
  task === null ? name : `${name} · ${t('runs {0}', [task.name, task.id].filter(Boolean).join(' '))}`,
  ...frames.flatMap((frame) => [
    `  File "${frame.file}", line ${frame.line}, in ${frame.function}`,
    ...(frame.code === '' ? [] : [`    ${frame.code}`]),
  ]),
  ...localLines(locals),
];

const mostLocals = 60;

const localLines = (locals: string): string[] => {
  if (locals.trim() === '' || locals.trim() === '{}') return [];
  const lines = locals.split('\n');
  const hidden = lines.length - mostLocals;
  return [
    `  ${t('Variables of the last call')}`,
    ...lines.slice(0, mostLocals).map((line) => `    ${line}`),
    ...(hidden > 0 ? [`    ${t('… {0} more lines', hidden)}`] : []),
  ];
};
