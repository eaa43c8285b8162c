import type { DelayedTask, HealthFacts } from './facts.ts';
import { type Measurement, ofBroker, ofType } from './measurement.ts';
import { livingNames } from './measureWorkers.ts';
import { count, plural, span } from './wording.ts';

export const measureBroker = (facts: HealthFacts): readonly Measurement[] => [
  ...measureAlarm(facts),
  ...measureBlocked(facts),
  ...measureDelays(facts),
  ...measureMailboxes(facts),
];

const measureAlarm = ({ blocked, overview }: HealthFacts): readonly Measurement[] => {
  const alarms = overview?.alarms ?? [];
  const isRaised = blocked !== null || alarms.length > 0;
  const told = alarms[0]?.replace(/\.$/, '');
  const what = (): string => told ?? `The broker takes no messages: ${(blocked ?? '').replace(/\.$/, '')}`;
  return [{ rule: 'brokerAlarm', subject: ofBroker, figure: isRaised ? 1 : 0, what }];
};

const measureBlocked = ({ overview }: HealthFacts): readonly Measurement[] => {
  const blocked = overview?.blockedConnections ?? null;
  if (blocked === null) return [];
  const what = (): string =>
    `The broker holds up ${plural(blocked, 'connection')} that ${blocked === 1 ? 'publishes' : 'publish'}`;
  return [{ rule: 'blockedConnections', subject: ofBroker, figure: blocked, what }];
};

/** The longest delay of each task type, on Redis, which hands out again what is held for too long. */
const measureDelays = (facts: HealthFacts): readonly Measurement[] => {
  if (facts.brokerKind !== 'redis') return [];
  const threshold = facts.visibilityTimeoutSeconds;
  const longest = new Map<string, DelayedTask>();
  for (const task of facts.delayed) {
    const name = task.name ?? 'tasks of an unknown type';
    const before = longest.get(name);
    if (!before || delayOf(task) > delayOf(before)) longest.set(name, task);
  }
  return [...longest].map(([name, task]) => {
    const figure = delayOf(task);
    const what = (): string =>
      `${name} is scheduled ${span(figure)} ahead, and Redis hands out again after ${span(threshold)} what a worker holds`;
    return { rule: 'visibilityTimeout', subject: ofType(name), figure, threshold, what };
  });
};

const delayOf = ({ receivedAt, dueAt }: DelayedTask): number => (dueAt - receivedAt) / 1_000;

const measureMailboxes = (facts: HealthFacts): readonly Measurement[] => {
  if (facts.mailboxes === null || facts.surveyedAt === null) return [];
  const living = new Set(livingNames(facts));
  const stale = facts.mailboxes.filter((name) => !living.has(name));
  const what = (): string =>
    `The broker keeps ${count(stale.length)} ${stale.length === 1 ? 'mailbox' : 'mailboxes'} of workers that are gone: ${stale.slice(0, 3).join(', ')}${stale.length > 3 ? ' …' : ''}`;
  return [{ rule: 'staleMailboxes', subject: ofBroker, figure: stale.length, what }];
};
