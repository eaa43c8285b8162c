import { t } from '@vscode/l10n';
import { rate } from '../../server/api/figures.ts';
import type { Alert } from '../../server/api/health.ts';
import type { ClusterSnapshot, Queue } from '../../server/api/model.ts';
import { commandTo } from '../commands/commandTo.ts';
import { lines, type RowLook, rights, staleColor, warningColor } from '../rows/rowLook.ts';
import { consumersWord, count, joined, span } from '../rows/wording.ts';
import { clusterKind } from './clusterKind.ts';
import type { ClusterNode } from './clusterNode.ts';
import { isFolded } from './sortedQueues.ts';
import { staleness } from './staleness.ts';
import { goneLook } from './unusable.ts';

export const queue = clusterKind<'queue'>({
  key: ({ clusterId, queueName }) => `queue:${clusterId}:${queueName}`,
  look: (node, { snapshot }, now) => lookOf(node, snapshot, now),
  parent: ({ clusterId, queueName }, { snapshot, forest }) => ({
    kind: isFolded(forest, snapshot, queueName) ? 'emptyQueues' : 'queues',
    clusterId,
  }),
});

/** A queue below a worker that consumes it. */
export const consumed = clusterKind<'consumed'>({
  key: ({ clusterId, hostname, queueName }) => `consumed:${clusterId}:${hostname}:${queueName}`,
  look: (node, { snapshot }, now) => lookOf(node, snapshot, now),
  parent: ({ clusterId, hostname }) => ({ kind: 'holding', clusterId, hostname, list: 'queues' }),
});

const lookOf = (node: ClusterNode<'queue' | 'consumed'>, snapshot: ClusterSnapshot, now: number): RowLook => {
  const { queueName: name } = node;
  const subject = snapshot.queues[name];
  if (!subject) return goneLook(name, t('no longer known to the broker'));
  const unconsumed = hasNoConsumer(subject, snapshot);
  const alert = alertOf(subject, snapshot, now);
  const stale = staleness(snapshot, now);
  const isWarned = unconsumed || alert !== null;
  return {
    label: name,
    description: joined(stale || ageOf(subject, now), unconsumed && t('no consumer'), ...figuresOf(subject)),
    icon: isWarned ? 'warning' : 'inbox',
    color: stale ? staleColor : isWarned ? warningColor : null,
    contextValue: `queue;${rights(snapshot)}`,
    tooltip: () => tooltipOf(subject, alert),
    command: commandTo('openQueue', t('Open Queue'), node),
  };
};

/** Queues that are read in turn, or were not looked at for a while, show how old their figures are. */
const oldAfterMs = 30_000;

const ageOf = ({ updatedAt }: Queue, now: number): string =>
  now - updatedAt < oldAfterMs ? '' : t('{0} ago', span(now - updatedAt));

/** A backlog without a consumer; only when the consumers are known. */
const hasNoConsumer = (queue: Queue, snapshot: ClusterSnapshot): boolean => {
  if ((queue.ready ?? 0) === 0) return false;
  if (queue.consumers !== null) return queue.consumers === 0;
  return queue.workers.length === 0 && hasAnyConsumer(snapshot.queues);
};

/** Every row asks this of the same thousands of queues. */
const answers = new WeakMap<ClusterSnapshot['queues'], boolean>();

const hasAnyConsumer = (queues: ClusterSnapshot['queues']): boolean => {
  const known = answers.get(queues);
  if (known !== undefined) return known;
  const answered = Object.values(queues).some(({ workers }) => workers.length > 0);
  answers.set(queues, answered);
  return answered;
};

/** The alert of the health rules on it, unless it is muted. */
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

/** Less than one message in ten seconds is not shown. */
const paceOf = (growth: number | null): string =>
  growth === null || Math.abs(growth) < 0.1 ? '' : `${growth > 0 ? '↑' : '↓'}${rate(Math.abs(growth))}`;

const tooltipOf = (queue: Queue, alert: Alert | null): string[] =>
  lines(
    `${queue.name}: ${figuresOf(queue).join(', ')}`,
    alert ? `${alert.sentence} ${alert.recommendation}` : '',
    queue.workers.length > 0
      ? t('Consumed by {0}', queue.workers.join(', '))
      : t('No worker reports consuming this queue.'),
    queue.drainSeconds === null || !queue.ready
      ? ''
      : t('Empty in about {0} at this pace', span(queue.drainSeconds * 1_000)),
    ...Object.entries(queue.byPriority ?? {}).map(([step, ready]) => t('Priority {0}: {1} ready', step, count(ready))),
    queue.management?.type
      ? t('A {0} queue, {1}', queue.management.type, queue.management.state ?? t('state unknown'))
      : '',
    queue.unacked === null ? t('This broker does not report unacknowledged messages.') : '',
  );
