import { inWords, type Phrase, phrase } from '../api/phrase.ts';
import type { DelayedTask, HealthFacts } from './facts.ts';
import { type Measurement, ofBroker, ofType } from './measurement.ts';
import { livingNames } from './measureWorkers.ts';

export const measureBroker = (facts: HealthFacts): readonly Measurement[] => [
  ...measureAlarm(facts),
  ...measureBlocked(facts),
  ...measureDelays(facts),
  ...measureMailboxes(facts),
];

const measureAlarm = ({ blocked, overview }: HealthFacts): readonly Measurement[] => {
  const reason = overview?.alarms?.[0] ?? blocked;
  const what = (limit: Phrase): Phrase =>
    phrase('health.brokerAlarm', { reason: reason?.phrase ?? phrase('publish.alarm'), limit });
  return [{ rule: 'brokerAlarm', subject: ofBroker, figure: reason ? 1 : 0, what }];
};

const measureBlocked = ({ overview }: HealthFacts): readonly Measurement[] => {
  const blocked = overview?.blockedConnections ?? null;
  if (blocked === null) return [];
  const what = (limit: Phrase): Phrase => phrase('health.blockedConnections', { n: blocked, limit });
  return [{ rule: 'blockedConnections', subject: ofBroker, figure: blocked, what }];
};

/** The longest delay of each task type, on Redis, which redelivers what stays unacknowledged for too long. */
const measureDelays = (facts: HealthFacts): readonly Measurement[] => {
  if (facts.brokerKind !== 'redis') return [];
  const threshold = facts.visibilityTimeoutSeconds;
  const longest = new Map<string, DelayedTask>();
  for (const task of facts.delayed) {
    const name = task.name ?? inWords(phrase('health.unknownTasks'));
    const before = longest.get(name);
    if (!before || delayOf(task) > delayOf(before)) longest.set(name, task);
  }
  return [...longest].map(([name, task]) => {
    const figure = delayOf(task);
    const what = (limit: Phrase): Phrase =>
      phrase('health.visibilityTimeout', { task: name, delay: figure, timeout: threshold, limit });
    return { rule: 'visibilityTimeout', subject: ofType(name), figure, threshold, what };
  });
};

const delayOf = ({ receivedAt, dueAt }: DelayedTask): number => (dueAt - receivedAt) / 1_000;

const measureMailboxes = (facts: HealthFacts): readonly Measurement[] => {
  if (facts.mailboxes === null || facts.surveyedAt === null) return [];
  const living = new Set(livingNames(facts));
  const stale = facts.mailboxes.filter((name) => !living.has(name));
  const workers = `${stale.slice(0, 3).join(', ')}${stale.length > 3 ? ' …' : ''}`;
  const what = (limit: Phrase): Phrase => phrase('health.staleMailboxes', { n: stale.length, workers, limit });
  return [{ rule: 'staleMailboxes', subject: ofBroker, figure: stale.length, what }];
};
