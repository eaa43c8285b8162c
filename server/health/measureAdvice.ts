import { decimal } from '../api/figures.ts';
import { isLiving } from '../api/model.ts';
import type { GroupStats } from '../api/tasks.ts';
import type { HealthFacts } from './facts.ts';
import type { IndexedFacts } from './indexFacts.ts';
import { type Measurement, ofCluster, ofType, ofWorker } from './measurement.ts';
import { bytes, plural, share, span } from './wording.ts';
import type { WorkerSurvey } from './workerSurvey.ts';

const longTaskSeconds = 30;
const fewestRuns = 5;

export const measureAdvice = (facts: IndexedFacts): readonly Measurement[] => {
  const surveys = [...facts.surveys.values()].filter(({ answeredAt, missed }) => answeredAt !== null && missed === 0);
  return [
    ...surveys.flatMap((survey) => [...measurePrefetch(survey, facts), ...measureHost(survey, facts)]),
    ...measureCapacity(surveys, facts),
    ...measureSettings(surveys),
    ...measureLateAcks(surveys),
  ];
};

const lastQuarter = ({ windows }: GroupStats) => windows.find(({ minutes }) => minutes === 15);

const measurePrefetch = ({ hostname, stats }: WorkerSurvey, facts: IndexedFacts): readonly Measurement[] => {
  const own = facts.workerStatsNamed.get(hostname);
  const runtime = own && lastQuarter(own)?.runtime;
  const mean = runtime?.mean ?? null;
  if (!stats?.concurrency || stats.prefetchCount === null || mean === null || (runtime?.count ?? 0) < fewestRuns)
    return [];
  const each = stats.prefetchCount / stats.concurrency;
  const what = (): string =>
    `${hostname} holds up to ${plural(each, 'message')} for each process, and its tasks take ${span(mean)} on average`;
  return [{ rule: 'prefetchTooHigh', subject: ofWorker(hostname), figure: mean < longTaskSeconds ? 0 : each, what }];
};

const measureHost = ({ hostname, stats, settings }: WorkerSurvey, { host }: HealthFacts): readonly Measurement[] => {
  const isHere = hostname.slice(hostname.indexOf('@') + 1) === host.name;
  const limit = settings?.maxMemoryPerChildBytes ?? null;
  if (!isHere || limit === null || !stats?.concurrency) return [];
  const all = limit * stats.concurrency;
  const what = (): string =>
    `${hostname} may use ${bytes(all)} (${stats.concurrency} processes of ${bytes(limit)}), and its host has ${bytes(host.memoryBytes)}`;
  return [{ rule: 'memoryOvercommit', subject: ofWorker(hostname), figure: all / host.memoryBytes, what }];
};

/** Arrivals a second × seconds each takes ÷ processes, when all living workers have told how many they have. */
const measureCapacity = (surveys: readonly WorkerSurvey[], facts: HealthFacts): readonly Measurement[] => {
  const told = new Map(surveys.map(({ hostname, stats }) => [hostname, stats?.concurrency ?? null]));
  const living = facts.workers.filter(isLiving).map(({ hostname }) => told.get(hostname) ?? null);
  if (living.length === 0 || living.includes(null)) return [];
  const processes = living.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  if (processes === 0) return [];
  const work = facts.types.reduce((sum, type) => sum + workOf(type), 0);
  const what = (): string =>
    `What arrives keeps ${decimal(work)} processes busy, ${share(work / processes)} of the ${processes} there are`;
  return [{ rule: 'capacity', subject: ofCluster, figure: work / processes, what }];
};

/** How many processes a task type keeps busy at the pace of the last quarter of an hour. */
const workOf = (type: GroupStats): number => {
  const window = lastQuarter(type);
  const ended = window ? window.succeeded + window.failed + window.retried : 0;
  if (!window || ended === 0 || window.runtime.mean === null || window.runtime.count < fewestRuns) return 0;
  return ((window.perSecond * window.received) / ended) * window.runtime.mean;
};

const measureSettings = (surveys: readonly WorkerSurvey[]): readonly Measurement[] => {
  const told = surveys.flatMap(({ hostname, settings }) => (settings ? [{ hostname, settings }] : []));
  if (told.length === 0) return [];
  const without = told.filter(({ settings }) => !settings.hasResultBackend);
  const eager = told.filter(({ settings }) => settings.isEager);
  const namesOf = (some: readonly { readonly hostname: string }[]): string => some[0]?.hostname ?? '';
  return [
    {
      rule: 'noResultBackend',
      subject: ofCluster,
      figure: without.length,
      what: () =>
        `${plural(without.length, 'worker')}, such as ${namesOf(without)}, ${without.length === 1 ? 'has' : 'have'} no result backend`,
    },
    {
      rule: 'alwaysEager',
      subject: ofCluster,
      figure: eager.length,
      what: () => `task_always_eager is set on ${namesOf(eager)}: tasks that its app calls never reach a queue`,
    },
  ];
};

const measureLateAcks = (surveys: readonly WorkerSurvey[]): readonly Measurement[] => {
  const types = new Map<string, boolean>();
  for (const { limits, settings, stats } of surveys)
    for (const [name, { acksLate, timeLimitSeconds }] of limits) {
      if (name.startsWith('celery.')) continue;
      const isLate = acksLate ?? settings?.acksLate ?? false;
      const isUnlimited = (timeLimitSeconds ?? stats?.timeLimitSeconds ?? settings?.timeLimitSeconds ?? null) === null;
      types.set(name, (types.get(name) ?? false) || (isLate && isUnlimited));
    }
  return [...types].map(([name, isUnlimited]) => ({
    rule: 'lateAcksUnlimited',
    subject: ofType(name),
    figure: isUnlimited ? 1 : 0,
    what: () => `${name} is acknowledged late and has no time limit`,
  }));
};
