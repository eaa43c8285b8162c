import { t } from '@vscode/l10n';
import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { rights } from './rights.ts';
import { lines, type RowView, staleColor, warningColor } from './rowView.ts';
import { staleness } from './staleness.ts';
import { consumersWord, count, joined, queuesWord, span } from './wording.ts';

export const queuesView = (snapshot: ClusterSnapshot, queues: readonly Queue[], now: number): RowView => {
  const ready = queues.reduce((sum, queue) => sum + (queue.ready ?? 0), 0);
  const known = queues.some((queue) => queue.ready !== null);
  const words =
    queues.length === 0 ? t('none known yet') : known ? t('{0} ready', count(ready)) : queuesWord(queues.length);
  return {
    label: t('Queues'),
    description: joined(staleness(snapshot, now), words),
    icon: 'inbox',
    color: null,
    contextValue: 'queues',
    expandable: queues.length > 30 ? 'closed' : 'open',
    tooltip: () =>
      queues.length === 0
        ? [t('No worker has named its queues yet.')]
        : lines(`${queuesWord(queues.length)}, ${words}`, managementLine(snapshot, queues)),
  };
};

/** Without its management API RabbitMQ tells depths, but nothing about rates, memory or queues that nobody asked about. */
const managementLine = ({ brokerKind }: ClusterSnapshot, queues: readonly Queue[]): string =>
  brokerKind === 'amqp' && queues.every((queue) => !queue.management)
    ? t(
        'RabbitMQ’s management API is not reached: unacknowledged messages, rates, and queues that no worker consumes are unknown.',
      )
    : '';

export const emptyQueuesView = (queues: readonly Queue[]): RowView => ({
  label: t('Empty queues'),
  description: count(queues.length),
  icon: 'archive',
  color: null,
  contextValue: 'emptyQueues',
  expandable: 'closed',
  tooltip: () => [t('{0} without a message', queuesWord(queues.length))],
});

export const queueView = (queue: Queue, snapshot: ClusterSnapshot, now: number): RowView => {
  const orphaned = isOrphaned(queue, snapshot);
  const alert = alertOf(queue, snapshot, now);
  const stale = staleness(snapshot, now);
  const isWarned = orphaned || alert !== null;
  return {
    label: queue.name,
    description: joined(stale, orphaned && t('nobody consumes'), ...figuresOf(queue)),
    icon: isWarned ? 'warning' : 'inbox',
    color: stale ? staleColor : isWarned ? warningColor : null,
    contextValue: `queue;${rights(snapshot)}`,
    expandable: 'no',
    tooltip: () => tooltipOf(queue, alert),
  };
};

/** A backlog that no worker works on; said only when it is known who consumes. */
const isOrphaned = (queue: Queue, snapshot: ClusterSnapshot): boolean => {
  if ((queue.ready ?? 0) === 0) return false;
  if (queue.consumers !== null) return queue.consumers === 0;
  return queue.workers.length === 0 && hasSomebodyAnswered(snapshot.queues);
};

/** Every row asks this of the same thousands of queues. */
const answers = new WeakMap<ClusterSnapshot['queues'], boolean>();

const hasSomebodyAnswered = (queues: ClusterSnapshot['queues']): boolean => {
  const known = answers.get(queues);
  if (known !== undefined) return known;
  const answered = Object.values(queues).some(({ workers }) => workers.length > 0);
  answers.set(queues, answered);
  return answered;
};

/** What the health rules say about it now, unless somebody has muted that. */
const alertOf = (queue: Queue, snapshot: ClusterSnapshot, now: number): Alert | null =>
  Object.values(snapshot.alerts).find(
    ({ subject, severity, mutedUntil }) =>
      subject.kind === 'queue' && subject.name === queue.name && severity !== 'info' && (mutedUntil ?? 0) < now,
  ) ?? null;

const figuresOf = (queue: Queue): string[] =>
  [
    queue.ready === null ? '' : t('{0} ready', count(queue.ready)),
    queue.unacked ? t('{0} unacked', count(queue.unacked)) : '',
    queue.consumers === null ? '' : consumersWord(queue.consumers),
    paceOf(queue.growthPerSecond),
  ].filter(Boolean);

/** Slower than one message in ten seconds is no news. */
const paceOf = (growth: number | null): string =>
  growth === null || Math.abs(growth) < 0.1
    ? ''
    : t('{0}/s', `${growth > 0 ? '↑' : '↓'}${Math.abs(growth).toFixed(1)}`);

const tooltipOf = (queue: Queue, alert: Alert | null): string[] =>
  lines(
    `${queue.name}: ${figuresOf(queue).join(', ')}`,
    alert ? `${alert.sentence} ${alert.recommendation}` : '',
    queue.workers.length > 0
      ? t('Consumed by {0}', queue.workers.join(', '))
      : t('No worker says that it consumes it.'),
    queue.drainSeconds === null ? '' : t('Empty in about {0} at this pace', span(queue.drainSeconds * 1_000)),
    ...Object.entries(queue.byPriority ?? {}).map(([step, ready]) => t('Priority {0}: {1} ready', step, count(ready))),
    queue.management?.type
      ? t('A {0} queue, {1}', queue.management.type, queue.management.state ?? t('state unknown'))
      : '',
    queue.unacked === null ? t('How many messages workers hold, this broker does not tell.') : '',
  );
