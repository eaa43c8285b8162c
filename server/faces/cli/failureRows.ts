import type { FailureGroup } from '../../api/failures.ts';
import type { Column } from '../../text/table.ts';
import { clockTime, figure, printable } from '../../text/wording.ts';

export const failureColumns: readonly Column<FailureGroup>[] = [
  { header: 'LAST', text: ({ lastSeenAt }) => clockTime(lastSeenAt).slice(0, 8), style: () => 'dim' },
  { header: 'COUNT', text: ({ count }) => figure(count), align: 'right' },
  { header: 'TASK', text: ({ taskName }) => printable(taskName ?? '(unknown)'), style: () => 'bold', narrowest: 14 },
  { header: 'EXCEPTION', text: ({ exceptionType }) => printable(exceptionType), style: () => 'red', narrowest: 14 },
  { header: 'MESSAGE', text: ({ message }) => printable(message), narrowest: 12 },
  {
    header: 'AT',
    text: ({ frame }) => (frame ? printable(`${frame.file.split('/').at(-1) ?? ''}:${frame.line}`) : ''),
    dispensable: 2,
  },
  { header: 'WORKERS', text: ({ workers }) => printable(workers.join(', ')), narrowest: 8, dispensable: 1 },
];
