import type { QueuedMessage } from '../api/peek.ts';
import type { Column } from './table.ts';
import { figure, printable } from './wording.ts';

/** The messages at the head of a queue; columns that none of them fills are left out by the table. */
export const peekColumns: readonly Column<QueuedMessage>[] = [
  { header: 'NAME', text: ({ name }) => printable(name ?? '(no task)'), style: () => 'bold', narrowest: 14 },
  { header: 'ID', text: ({ taskId }) => printable(taskId ?? ''), style: () => 'dim' },
  { header: 'ARGUMENTS', text: argumentsOf, narrowest: 12 },
  { header: 'ETA', text: ({ eta }) => printable(eta ?? ''), dispensable: 3 },
  { header: 'PRIORITY', text: ({ priority }) => (priority ? String(priority) : ''), align: 'right', dispensable: 2 },
  { header: 'RETRIES', text: ({ retries }) => (retries ? String(retries) : ''), align: 'right', dispensable: 2 },
  { header: 'REDELIVERED', text: ({ redelivered }) => (redelivered ? 'yes' : ''), dispensable: 4 },
  { header: 'BYTES', text: ({ bytes }) => figure(bytes), align: 'right', dispensable: 5 },
  { header: 'NOT READ', text: ({ problem }) => printable(problem ?? ''), style: () => 'yellow' },
];

function argumentsOf({ argsJson, kwargsJson, argsRepr, kwargsRepr }: QueuedMessage): string {
  const words = [argsJson ?? argsRepr ?? '', kwargsJson ?? kwargsRepr ?? ''];
  return printable(words.filter((word) => !['', '[]', '{}', '()'].includes(word)).join(' '));
}
