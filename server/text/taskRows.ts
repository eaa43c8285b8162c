import type { TaskSummary } from '../api/tasks.ts';
import type { Style } from './paint.ts';
import type { Column } from './table.ts';
import { clockTime, duration, printable } from './wording.ts';

const styles: Readonly<Record<string, Style>> = {
  SUCCESS: 'green',
  FAILURE: 'red',
  RETRY: 'yellow',
  STARTED: 'cyan',
  RECEIVED: 'blue',
  PENDING: 'blue',
  REVOKED: 'magenta',
  REJECTED: 'magenta',
};

export const stateStyle = (state: string): Style | null => styles[state] ?? null;

const text = (value: string | null): string => (value === null ? '' : printable(value));

const seconds = (value: number | null): string => (value === null ? '' : duration(value));

/** Below this width the beginning of an id has to do; `celeriac task` takes it as well. */
const roomForIds = 150;
const shortId = 8;

export const taskColumns = (width: number): readonly Column<TaskSummary>[] => [
  { header: 'UPDATED', text: ({ updatedAt }) => clockTime(updatedAt).slice(0, 8), style: () => 'dim', dispensable: 3 },
  { header: 'STATE', text: ({ state }) => printable(state), style: ({ state }) => stateStyle(state) },
  { header: 'NAME', text: ({ name }) => text(name) || '(unknown name)', style: () => 'bold', narrowest: 14 },
  { header: 'WORKER', text: ({ worker }) => text(worker), narrowest: 8, dispensable: 4 },
  { header: 'QUEUE', text: ({ queue }) => text(queue), narrowest: 6, dispensable: 5 },
  { header: 'WAIT', text: ({ waitSeconds }) => seconds(waitSeconds), align: 'right', dispensable: 2 },
  { header: 'RUNTIME', text: (task) => seconds(runtimeOf(task)), align: 'right', dispensable: 1 },
  {
    header: 'RETRIES',
    text: ({ retries }) => (retries ? String(retries) : ''),
    style: () => 'yellow',
    align: 'right',
    dispensable: 6,
  },
  { header: 'ID', text: ({ id }) => printable(width < roomForIds ? id.slice(0, shortId) : id), style: () => 'dim' },
  { header: 'DETAIL', text: detail, style: (task) => (hasFailed(task) ? 'red' : null), narrowest: 10 },
];

/** What became of it, or else what it was called with. */
function detail(task: TaskSummary): string {
  const { exception, result, args, kwargs } = task;
  if (exception !== null && hasFailed(task)) return printable(exception);
  if (result !== null) return `→ ${printable(result)}`;
  const call = [args, kwargs].filter((each) => each !== null && each !== '()' && each !== '[]' && each !== '{}');
  return printable(call.join(' '));
}

/** A task that succeeded in the end keeps the exception of an earlier try. */
export const hasFailed = ({ exception, state }: TaskSummary): boolean => exception !== null && state !== 'SUCCESS';

/** Celery tells the runtime only of successes; of the others it is the time between their events. */
export const runtimeOf = ({ runtimeSeconds, startedAt, finishedAt }: TaskSummary): number | null => {
  if (runtimeSeconds !== null || startedAt === null || finishedAt === null) return runtimeSeconds;
  return Math.max(0, finishedAt - startedAt) / 1000;
};
