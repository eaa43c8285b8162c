import type { TaskSummary } from '../../api/tasks.ts';
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

export const taskColumns: readonly Column<TaskSummary>[] = [
  { header: 'UPDATED', text: ({ updatedAt }) => clockTime(updatedAt).slice(0, 8), style: () => 'dim', dispensable: 3 },
  { header: 'STATE', text: ({ state }) => printable(state), style: ({ state }) => stateStyle(state) },
  { header: 'NAME', text: ({ name }) => text(name) || '(name not heard)', style: () => 'bold', narrowest: 14 },
  { header: 'WORKER', text: ({ worker }) => text(worker), narrowest: 8, dispensable: 4 },
  { header: 'QUEUE', text: ({ queue }) => text(queue), narrowest: 6, dispensable: 5 },
  { header: 'WAIT', text: ({ waitSeconds }) => seconds(waitSeconds), align: 'right', dispensable: 2 },
  { header: 'RUNTIME', text: ({ runtimeSeconds }) => seconds(runtimeSeconds), align: 'right', dispensable: 1 },
  {
    header: 'RETRIES',
    text: ({ retries }) => (retries ? String(retries) : ''),
    style: () => 'yellow',
    align: 'right',
    dispensable: 6,
  },
  { header: 'ID', text: ({ id }) => printable(id), style: () => 'dim', narrowest: 9 },
  { header: 'DETAIL', text: detail, style: ({ exception }) => (exception === null ? null : 'red'), narrowest: 10 },
];

/** What became of it, or else what it was called with. */
function detail({ exception, result, args, kwargs }: TaskSummary): string {
  if (exception !== null) return printable(exception);
  if (result !== null) return `→ ${printable(result)}`;
  const call = [args, kwargs].filter((each) => each !== null && each !== '()' && each !== '[]' && each !== '{}');
  return printable(call.join(' '));
}
