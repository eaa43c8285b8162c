import { bytes } from '../../api/figures.ts';
import type { Queue } from '../../api/model.ts';
import type { Column } from '../../text/table.ts';
import { duration, figure, printable, rate } from '../../text/wording.ts';

const count = (value: number | null): string => (value === null ? '' : figure(value));

const perSecond = (value: number | null | undefined): string => (typeof value === 'number' ? rate(value) : '');

/** What the broker tells of its queues; columns that no broker fills are left out by the table. */
export const queueColumns: readonly Column<Queue>[] = [
  { header: 'QUEUE', text: ({ name }) => printable(name), style: () => 'bold', narrowest: 12 },
  {
    header: 'READY',
    text: ({ ready, exists }) => (exists ? count(ready) : '–'),
    style: ({ ready }) => (ready ? null : 'dim'),
    align: 'right',
  },
  { header: 'UNACKED', text: ({ unacked }) => count(unacked), align: 'right' },
  { header: 'PRIORITIES', text: ({ byPriority }) => prioritiesOf(byPriority), dispensable: 2 },
  { header: 'CONSUMERS', text: ({ consumers }) => count(consumers), align: 'right', dispensable: 3 },
  { header: 'IN/S', text: ({ management }) => perSecond(management?.publishPerSecond), align: 'right', dispensable: 4 },
  {
    header: 'OUT/S',
    text: ({ management }) => perSecond(management?.deliverPerSecond),
    align: 'right',
    dispensable: 4,
  },
  { header: 'DRAINED', text: ({ drainSeconds }) => (drainSeconds === null ? '' : `in ${duration(drainSeconds)}`) },
  { header: 'TYPE', text: ({ management }) => printable(management?.type ?? ''), dispensable: 5 },
  { header: 'STATE', text: ({ management }) => printable(management?.state ?? ''), dispensable: 5 },
  { header: 'MEMORY', text: ({ management }) => memory(management?.memoryBytes), align: 'right', dispensable: 6 },
  {
    header: 'WORKERS',
    text: ({ workers }) => printable(workers.join(', ')) || 'none',
    style: ({ workers }) => (workers.length === 0 ? 'yellow' : null),
    narrowest: 8,
    dispensable: 1,
  },
];

/** Only where there are others than the usual one: "0: 12, 9: 3". */
const prioritiesOf = (byPriority: Queue['byPriority']): string => {
  const steps = Object.entries(byPriority ?? {});
  if (steps.every(([step]) => step === '0')) return '';
  return steps.map(([step, ready]) => `${step}: ${figure(ready)}`).join(', ');
};

const memory = (value: number | null | undefined): string => (typeof value === 'number' ? bytes(value) : '');
