import { t } from '@vscode/l10n';
import type { DumpedFrame, DumpedProcess, DumpedThread, ThreadDump } from '../../server/api/threads.ts';
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
  const inShort = dump.processes.flatMap((process) => processBlocks(process, dump, foldedFrames));
  const inFull = dump.processes.flatMap((process) => processBlocks(process, dump, frameLines));
  const hasFolded = inShort.flat().length < inFull.flat().length;
  const all = hasFolded ? [[t('All calls')], ...inFull] : [];
  const blocks = [head, runningLines(dump), ...inShort, ...all];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

/** Which tasks run where, and where to look for those that do not run in what is shown. */
const runningLines = ({ target, processes }: ThreadDump): string[] => {
  const { running, children } = target;
  if (running.length === 0) return hasTask(processes) ? [] : [t('It is running no task.')];
  const lines = running.map((task) => `  ${taskWords(task)}`);
  const shown = new Set(processes.map(({ pid }) => pid));
  const isElsewhere = running.some(({ pid }) => pid !== null && children.includes(pid) && !shown.has(pid));
  return [
    t('Running now:'),
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

type ShowFrames = (frames: readonly DumpedFrame[]) => string[];

const processBlocks = ({ pid, threads }: DumpedProcess, { processes }: ThreadDump, show: ShowFrames): string[][] => {
  const heading = processes.length > 1 ? [[t('Process {0}', pid)]] : [];
  const inOrder = threads.toSorted((a, b) => weight(a) - weight(b));
  return [...heading, ...inOrder.map((thread) => threadLines(thread, show))];
};

const hasTask = (processes: readonly DumpedProcess[]): boolean =>
  processes.some(({ threads }) => threads.some(({ task }) => task !== null));

/** What runs a task is what one came for. */
const weight = ({ task, name }: DumpedThread): number => {
  if (task !== null) return 0;
  return name === 'MainThread' ? 1 : 2;
};

const threadLines = ({ name, frames, locals, task }: DumpedThread, show: ShowFrames): string[] => [
  task === null ? name : `${name} · ${t('running {0}', [task.name, task.id].filter(Boolean).join(' '))}`,
  ...show(frames),
  ...localLines(locals),
];

const frameLines: ShowFrames = (frames) =>
  frames.flatMap(({ file, line, function: name, code }) => [
    `  File "${file}", line ${line}, in ${name}`,
    ...(code === '' ? [] : [`    ${code}`]),
  ]);

/** Where a thread stands that runs nothing but libraries, these last calls tell. */
const lastCalls = 3;

/** Without the many calls of Celery and other libraries that lead to one's own code. */
const foldedFrames: ShowFrames = (frames) => {
  const lines: string[] = [];
  let folded = 0;
  const unfold = (): void => {
    if (folded > 0) lines.push(`  ${t('… {0} calls in libraries', folded)}`);
    folded = 0;
  };
  for (const [index, frame] of frames.entries()) {
    if (isLibrary(frame) && index < frames.length - lastCalls) {
      folded += 1;
      continue;
    }
    unfold();
    lines.push(...frameLines([frame]));
  }
  return lines;
};

const isLibrary = ({ file }: DumpedFrame): boolean =>
  file.startsWith('<frozen') || /[/\\](site-packages|dist-packages|lib[/\\]python[\d.]+)[/\\]/i.test(file);

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
