import type { AnswerPage } from '../../api/answers.ts';
import type { WorkerReply } from '../../api/control.ts';
import { age } from '../../api/figures.ts';
import type { Worker } from '../../api/model.ts';
import type { TaskSummary } from '../../api/tasks.ts';
import type { ControlMethod } from '../../celery/controlCommands.ts';
import { field, numberField } from '../../celery/field.ts';
import { taskNamesIn } from '../../celery/taskNamesIn.ts';
import { wordOf } from '../../celery/wordOf.ts';
import type { Shown } from '../../outlet/shown.ts';
import { type Answered, replyScreen } from '../replies/replyScreen.ts';
import { type Column, table } from '../table.ts';
import { ago, figure, plural, printable } from '../wording.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

/** All that a worker is asked for its page. */
export const workerQuestions = [
  'stats',
  'active',
  'active_queues',
  'reserved',
  'scheduled',
  'registered',
  'conf',
] as const satisfies readonly ControlMethod[];
type WorkerQuestion = (typeof workerQuestions)[number];

/** What a worker says of itself, and what its events have told of it. */
export interface WorkerFacts {
  readonly hostname: string;
  /** Undefined: no event of it has been heard. */
  readonly worker: Worker | undefined;
  readonly replies: Shown<Partial<Record<WorkerQuestion, WorkerReply>>>;
  /** What it answered, by question. */
  readonly values: Shown<Readonly<Record<string, unknown>>>;
  /** The newest first. */
  readonly failures: Shown<readonly TaskSummary[]>;
}

/** One worker on one page: its pool, what it runs and holds, what it can run, how it is set, and what failed on it. */
export const workerPage = (place: PagePlace, facts: WorkerFacts): AnswerPage => {
  const { hostname, worker, replies, values, failures } = facts;
  const answered = (question: WorkerQuestion): Answered | undefined => {
    const reply = replies[question];
    return reply?.kind === 'answered' ? reply : undefined;
  };
  const screen = (question: WorkerQuestion): string[] => {
    const reply = answered(question);
    const asked = { method: question, arguments: {} };
    return reply ? replyScreen(asked, [reply], { ...plainPage, now: place.now }) : [];
  };
  const names = taskNamesIn(answered('registered')?.value);
  const silent = workerQuestions.flatMap((question) => replies[question] ?? []).find(({ kind }) => kind !== 'answered');
  return {
    ...answerText({
      title: `Worker ${printable(hostname)}`,
      head: headLine(place, statusOf(worker, place.now)),
      lines: [
        ...section('Pool', [...screen('stats'), ...slotsOf(answered('stats')?.value, answered('active')?.value)]),
        ...section('Queues', screen('active_queues')),
        ...section('Running tasks', screen('active')),
        ...section('Prefetched tasks', screen('reserved')),
        ...section('Scheduled tasks', screen('scheduled')),
        ...section(`Registered tasks${names.length === 0 ? '' : ` (${figure(names.length)})`}`, namesInColumns(names)),
        ...section('Settings', settingsOf(answered('conf')?.value)),
        ...section(
          'Last failures',
          failures.length === 0 ? ['None in memory'] : table(failureColumns(place.now), failures, plainPage),
        ),
      ].slice(1),
      notes: silent && 'sentence' in silent ? [silent.sentence] : [],
      value: Object.keys(values).length > 0 ? values : null,
    }),
    byWorker: {},
  };
};

/** What was not answered has no section: the note says why. */
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const statusOf = (worker: WorkerFacts['worker'], now: number): string => {
  if (!worker) return 'no events yet';
  const { status, statusSince, software } = worker;
  const version = software ? ` · ${printable(software.ident)} ${printable(software.version)}` : '';
  return `${status} for ${age(now - statusSince)}${version}`;
};

const slotsOf = (stats: unknown, active: unknown): string[] => {
  const size = numberField(stats, 'pool', 'max-concurrency');
  if (size === null || !Array.isArray(active)) return [];
  return [`${figure(active.length)} of ${plural(size, 'slot')} busy`];
};

const columnsOfNames = 3;

const namesInColumns = (names: readonly string[]): string[] => {
  const rows = Math.ceil(names.length / columnsOfNames);
  const columns = Array.from(
    { length: columnsOfNames },
    (_, column): Column<number> => ({
      header: '',
      text: (row) => printable(names[column * rows + row] ?? ''),
      narrowest: 20,
    }),
  );
  return rows === 0
    ? []
    : table(
        columns,
        Array.from({ length: rows }, (_, row) => row),
        plainPage,
      ).slice(1);
};

/** What decides whether tasks are lost, repeated, kept waiting or unseen. */
const settingsThatMatter = [
  'task_acks_late',
  'task_reject_on_worker_lost',
  'worker_prefetch_multiplier',
  'task_time_limit',
  'task_soft_time_limit',
  'worker_max_tasks_per_child',
  'worker_max_memory_per_child',
  'worker_send_task_events',
  'task_send_sent_event',
  'task_default_queue',
  'task_routes',
  'result_backend',
  'result_expires',
  'result_extended',
  'task_ignore_result',
  'accept_content',
  'timezone',
  'enable_utc',
];

const settingsOf = (conf: unknown): string[] => {
  const rows = settingsThatMatter
    .map((name) => ({ name, value: field(conf, name) }))
    .filter(({ value }) => value !== undefined);
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { header: '', text: ({ name }) => name },
    { header: '', text: ({ value }) => (value === null ? 'not set' : printable(wordOf(value))), narrowest: 20 },
  ];
  return rows.length === 0 ? [] : table(columns, rows, plainPage).slice(1);
};

const failureColumns = (now: number): readonly Column<TaskSummary>[] => [
  { header: 'WHEN', text: ({ finishedAt, updatedAt }) => ago(now - (finishedAt ?? updatedAt)), align: 'right' },
  { header: 'NAME', text: ({ name }) => printable(name ?? ''), narrowest: 14 },
  { header: 'EXCEPTION', text: ({ exception }) => printable(exception ?? ''), narrowest: 20 },
  { header: 'ID', text: ({ id }) => printable(id) },
];
