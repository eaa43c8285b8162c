import { field, listOf, numberField, textField } from '../../celery/field.ts';
import { wordOf } from '../../celery/wordOf.ts';
import { type Column, table } from '../table.ts';
import { dayAndTime, duration, printable } from '../wording.ts';
import type { Answered, ReplyPage, ShowReplies } from './replyScreen.ts';

/** One task as a worker describes it (celery/worker/request.py: Request.info). */
interface TaskRow {
  readonly hostname: string;
  readonly task: unknown;
  readonly now: number;
  readonly eta: string;
  readonly place: string;
}

const worker: Column<TaskRow> = { header: 'WORKER', text: ({ hostname }) => printable(hostname), narrowest: 8 };

const task: readonly Column<TaskRow>[] = [
  { header: 'NAME', text: ({ task: each }) => printable(textField(each, 'name')), style: () => 'bold', narrowest: 14 },
  {
    header: 'QUEUE',
    text: ({ task: each }) => printable(textField(each, 'delivery_info', 'routing_key')),
    narrowest: 6,
    dispensable: 2,
  },
  {
    header: 'PRIORITY',
    text: ({ task: each }) => String(numberField(each, 'delivery_info', 'priority') || ''),
    align: 'right',
    dispensable: 3,
  },
  { header: 'ID', text: ({ task: each }) => printable(textField(each, 'id')), style: () => 'dim' },
  { header: 'ARGUMENTS', text: ({ task: each }) => argumentsOf(each), narrowest: 8, dispensable: 1 },
];

const running: readonly Column<TaskRow>[] = [
  { header: 'RUNNING', text: (row) => runningFor(row), align: 'right' },
  { header: 'PID', text: ({ task: each }) => textField(each, 'worker_pid'), align: 'right', dispensable: 4 },
];

export const runningTasks: ShowReplies = (replies, page) =>
  show(replies, page, { columns: [worker, ...running, ...task], nothing: 'No tasks are running', rows: tasksOf(page) });

export const waitingTasks: ShowReplies = (replies, page) =>
  show(replies, page, { columns: [worker, ...task], nothing: 'No tasks are waiting', rows: tasksOf(page) });

export const scheduledTasks: ShowReplies = (replies, page) =>
  show(replies, page, {
    columns: [worker, { header: 'DUE', text: ({ eta, now }) => dueIn(eta, now) }, ...task],
    nothing: 'No tasks are scheduled',
    rows: ({ hostname, value }) =>
      listOf(value).map((each) => rowOf(hostname, field(each, 'request'), page, { eta: textField(each, 'eta') })),
  });

/** The answer has an entry for each id that the worker holds: `[where, task]`. */
export const foundTasks: ShowReplies = (replies, page, asked) => {
  const lines = show(replies, page, {
    columns: [worker, { header: 'IS', text: ({ place }) => place }, ...running, ...task],
    nothing: null,
    rows: ({ hostname, value }) =>
      Object.values(typeof value === 'object' && value !== null ? value : {}).map((entry) => {
        const [place, info] = listOf(entry);
        return rowOf(hostname, info, page, { place: wordOf(place) });
      }),
  });
  const found = new Set(replies.flatMap(({ value }) => Object.keys(typeof value === 'object' && value ? value : {})));
  const missing = listOf(asked.arguments['ids']).filter((id) => !found.has(String(id)));
  return [...lines, ...missing.map((id) => page.paint('dim', `No worker holds task ${printable(String(id))}.`))];
};

interface Plan {
  readonly columns: readonly Column<TaskRow>[];
  /** The beginning of the line that names the workers without any; null for no such line. */
  readonly nothing: string | null;
  readonly rows: (reply: Answered) => readonly TaskRow[];
}

const show = (replies: readonly Answered[], page: ReplyPage, { columns, nothing, rows }: Plan): string[] => {
  const perWorker = replies.map((reply) => ({ hostname: reply.hostname, rows: rows(reply) }));
  const all = perWorker.flatMap((each) => each.rows);
  const idle = perWorker.filter((each) => each.rows.length === 0).map(({ hostname }) => printable(hostname));
  const lines = all.length > 0 ? table(columns, all, page) : [];
  return idle.length === 0 || nothing === null
    ? lines
    : [...lines, page.paint('dim', `${nothing} on ${idle.join(', ')}.`)];
};

const rowOf = (
  hostname: string,
  info: unknown,
  { now }: ReplyPage,
  more: Partial<Pick<TaskRow, 'eta' | 'place'>> = {},
): TaskRow => ({ hostname, task: info, now, eta: '', place: '', ...more });

const tasksOf =
  (page: ReplyPage): Plan['rows'] =>
  ({ hostname, value }) =>
    listOf(value).map((info) => rowOf(hostname, info, page));

const runningFor = ({ task: info, now }: TaskRow): string => {
  const startedAt = numberField(info, 'time_start');
  return startedAt === null ? '' : duration(Math.max(0, now / 1000 - startedAt));
};

const dueIn = (eta: string, now: number): string => {
  const at = Date.parse(eta);
  if (Number.isNaN(at)) return printable(eta);
  return at > now ? `in ${duration((at - now) / 1000)}, ${dayAndTime(at).slice(0, 19)}` : 'now';
};

const argumentsOf = (info: unknown): string => {
  const words = [field(info, 'args'), field(info, 'kwargs')].map(wordOf);
  return printable(words.filter((word) => !['', '[]', '{}', '()'].includes(word)).join(' '));
};
