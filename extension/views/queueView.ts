import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import type { NodeView } from './nodeView.ts';
import { rights } from './rights.ts';
import { staleness } from './staleness.ts';
import { plural, span } from './wording.ts';

export const queuesView = (snapshot: ClusterSnapshot, now: number): NodeView => {
  const queues = Object.values(snapshot.queues);
  const ready = queues.reduce((sum, queue) => sum + (queue.ready ?? 0), 0);
  const words = queues.length === 0 ? 'none known yet' : `${ready.toLocaleString('en')} ready`;
  return {
    label: 'Queues',
    description: [staleness(snapshot, now), words].filter(Boolean).join(' · '),
    icon: 'inbox',
    color: null,
    tooltip:
      queues.length === 0 ? 'No worker has named its queues yet.' : `${plural(queues.length, 'queue')}, ${words}`,
    contextValue: 'queues',
    expandable: queues.length > 30 ? 'closed' : 'open',
  };
};

export const queueView = (queue: Queue, snapshot: ClusterSnapshot, now: number): NodeView => {
  const orphaned = isOrphaned(queue, snapshot);
  const stale = staleness(snapshot, now);
  return {
    label: queue.name,
    description: [stale, orphaned ? 'nobody consumes' : '', ...figuresOf(queue)].filter(Boolean).join(' · '),
    icon: orphaned ? 'warning' : 'inbox',
    color: stale ? 'disabledForeground' : orphaned ? 'problemsWarningIcon.foreground' : null,
    tooltip: tooltipOf(queue),
    contextValue: `queue;${rights(snapshot)}`,
    expandable: 'no',
  };
};

/** A backlog that no worker works on; said only when it is known who consumes. */
const isOrphaned = (queue: Queue, snapshot: ClusterSnapshot): boolean => {
  const somebodyAnswered = Object.values(snapshot.queues).some((each) => each.workers.length > 0);
  const consumers = queue.consumers ?? (somebodyAnswered ? queue.workers.length : null);
  return (queue.ready ?? 0) > 0 && consumers === 0;
};

const figuresOf = (queue: Queue): string[] => [
  queue.ready === null ? '' : `${queue.ready.toLocaleString('en')} ready`,
  queue.unacked ? `${queue.unacked.toLocaleString('en')} unacked` : '',
  queue.consumers === null ? '' : plural(queue.consumers, 'consumer'),
  paceOf(queue.growthPerSecond),
];

/** Slower than one message in ten seconds is no news. */
const paceOf = (growth: number | null): string =>
  growth === null || Math.abs(growth) < 0.1 ? '' : `${growth > 0 ? '↑' : '↓'}${Math.abs(growth).toFixed(1)}/s`;

const tooltipOf = (queue: Queue): string =>
  [
    `${queue.name}: ${figuresOf(queue).filter(Boolean).join(', ')}`,
    queue.workers.length > 0 ? `Consumed by ${queue.workers.join(', ')}` : 'No worker says that it consumes it.',
    queue.drainSeconds === null ? '' : `Empty in about ${span(queue.drainSeconds * 1_000)} at this pace`,
    ...Object.entries(queue.byPriority ?? {}).map(([step, ready]) => `Priority ${step}: ${ready} ready`),
    queue.management?.type ? `A ${queue.management.type} queue, ${queue.management.state ?? 'state unknown'}` : '',
    queue.unacked === null ? 'How many messages workers hold, this broker does not tell.' : '',
  ]
    .filter(Boolean)
    .join('\n\n');
