import type { Queue } from '../api/model.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { GroupStats } from '../api/tasks.ts';
import { forEachOf, type Sliced } from '../state/queries/slices.ts';
import type { HealthFacts } from './facts.ts';
import { type Measurement, type NoteMeasurements, ofQueue, ofType, subjectsAtOnce } from './measurement.ts';

const fewestWaits = 5;
/** RabbitMQ's delivery with delay keeps messages in queues that nobody consumes, on purpose. */
const delayQueue = /(^|_)celery_delayed_\d+$/;
const deadName = /(?:^|[._-])(?:dlq|dlx|dead[._-]?letters?)(?:$|[._-])/i;

export function* measureQueues(facts: HealthFacts, note: NoteMeasurements): Sliced<void> {
  const dead = deadLetterQueues(facts.queues);
  const ofEach = (queue: Queue): void => {
    const { name, exists } = queue;
    if (exists && !delayQueue.test(name)) note(dead.has(name) ? measureDead(queue) : measureLive(queue, facts));
  };
  yield* forEachOf(facts.queues, ofEach, subjectsAtOnce);
  note(measureWaits(facts));
}

const measureDead = ({ name, ready }: Queue): readonly Measurement[] =>
  ready === null
    ? []
    : [
        {
          rule: 'deadLetters',
          subject: ofQueue(name),
          figure: ready,
          what: (limit) => phrase('health.deadLetters', { n: ready, queue: name, limit }),
        },
      ];

const measureLive = (queue: Queue, facts: HealthFacts): readonly Measurement[] => {
  const { name, ready, growthPerSecond } = queue;
  const subject = ofQueue(name);
  const figures: Measurement[] = [];
  if (ready !== null) {
    const held = { n: ready, queue: name };
    figures.push({
      rule: 'queueDepth',
      subject,
      figure: ready,
      what: (limit) => phrase('health.queueDepth', { ...held, limit }),
    });
    const isConsumed = isConsumedBy(queue, facts);
    if (isConsumed !== null)
      figures.push({
        rule: 'queueUnconsumed',
        subject,
        figure: isConsumed ? 0 : ready,
        what: (limit) => phrase('health.queueUnconsumed', { ...held, limit }),
      });
  }
  if (growthPerSecond !== null)
    figures.push({
      rule: 'queueGrowth',
      subject,
      figure: growthPerSecond,
      what: (limit) => phrase('health.queueGrowth', { queue: name, growth: growthPerSecond, limit }),
    });
  return figures;
};

/** Null: unknown. */
const isConsumedBy = ({ consumers, workers }: Queue, { consumersKnown }: HealthFacts): boolean | null => {
  if (workers.length > 0) return true;
  if (consumers !== null) return consumers > 0;
  return consumersKnown ? false : null;
};

/** By queue where the senders' events name it, otherwise by task type. */
const measureWaits = ({ queueStats, types }: HealthFacts): readonly Measurement[] => {
  const measure = (groups: readonly GroupStats[], kind: 'queue' | 'type'): readonly Measurement[] =>
    groups.flatMap(({ name, windows }) => {
      const wait = windows.find(({ minutes }) => minutes === 5)?.wait;
      const p95 = wait?.p95 ?? null;
      if (p95 === null || (wait?.count ?? 0) < fewestWaits) return [];
      const subject = kind === 'queue' ? ofQueue(name) : ofType(name);
      const what = (limit: Phrase): Phrase =>
        kind === 'queue'
          ? phrase('health.queueWait', { queue: name, wait: p95, limit })
          : phrase('health.typeWait', { task: name, wait: p95, limit });
      return [{ rule: 'queueWait' as const, subject, figure: p95, what }];
    });
  const queues = measure(queueStats, 'queue');
  return queues.length > 0 ? queues : measure(types, 'type');
};

/** By their name, or because another queue sends its dead letters there. */
const deadLetterQueues = (queues: readonly Queue[]): ReadonlySet<string> => {
  const targets = new Set(
    queues.flatMap(({ management }) => {
      const key = management?.arguments['x-dead-letter-routing-key'];
      return typeof key === 'string' ? [key] : [];
    }),
  );
  const named = queues.map(({ name }) => name).filter((name) => deadName.test(name));
  const fed = queues.map(({ name }) => name).filter((name) => targets.has(name));
  return new Set([...named, ...fed]);
};
