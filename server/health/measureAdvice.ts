import { isLiving } from '../api/model.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { GroupStats } from '../api/tasks.ts';
import { forEachOf, type Sliced } from '../state/queries/slices.ts';
import type { HealthFacts } from './facts.ts';
import type { IndexedFacts } from './indexFacts.ts';
import { type Measurement, type NoteMeasurements, ofCluster, ofType, ofWorker, subjectsAtOnce } from './measurement.ts';
import type { WorkerSurvey } from './workerSurvey.ts';

const longTaskSeconds = 30;
const fewestRuns = 5;

export function* measureAdvice(facts: IndexedFacts, note: NoteMeasurements): Sliced<void> {
  const surveys = [...facts.surveys.values()].filter(({ answeredAt, missed }) => answeredAt !== null && missed === 0);
  const ofEach = (survey: WorkerSurvey): void => {
    note(measurePrefetch(survey, facts));
    note(measureHost(survey, facts));
  };
  yield* forEachOf(surveys, ofEach, subjectsAtOnce);
  note(measureCapacity(surveys, facts));
  note(measureSettings(surveys));
  note(measureLateAcks(surveys));
}

const lastQuarter = ({ windows }: GroupStats) => windows.find(({ minutes }) => minutes === 15);

const measurePrefetch = ({ hostname, stats }: WorkerSurvey, facts: IndexedFacts): readonly Measurement[] => {
  const own = facts.workerStatsNamed.get(hostname);
  const runtime = own && lastQuarter(own)?.runtime;
  const mean = runtime?.mean ?? null;
  if (!stats?.concurrency || stats.prefetchCount === null || mean === null || (runtime?.count ?? 0) < fewestRuns)
    return [];
  const each = stats.prefetchCount / stats.concurrency;
  const what = (limit: Phrase): Phrase =>
    phrase('health.prefetchTooHigh', { worker: hostname, each, runtime: mean, limit });
  return [{ rule: 'prefetchTooHigh', subject: ofWorker(hostname), figure: mean < longTaskSeconds ? 0 : each, what }];
};

const measureHost = ({ hostname, stats, settings }: WorkerSurvey, { host }: HealthFacts): readonly Measurement[] => {
  const isHere = hostname.slice(hostname.indexOf('@') + 1) === host.name;
  const each = settings?.maxMemoryPerChildBytes ?? null;
  if (!isHere || each === null || !stats?.concurrency) return [];
  const n = stats.concurrency;
  const all = each * n;
  const what = (limit: Phrase): Phrase =>
    phrase('health.memoryOvercommit', { worker: hostname, all, n, each, host: host.memoryBytes, limit });
  return [{ rule: 'memoryOvercommit', subject: ofWorker(hostname), figure: all / host.memoryBytes, what }];
};

/** Arrivals a second × seconds each takes ÷ processes, when all live workers have reported how many they have. */
const measureCapacity = (surveys: readonly WorkerSurvey[], facts: HealthFacts): readonly Measurement[] => {
  const reported = new Map(surveys.map(({ hostname, stats }) => [hostname, stats?.concurrency ?? null]));
  const living = facts.workers.filter(isLiving).map(({ hostname }) => reported.get(hostname) ?? null);
  if (living.length === 0 || living.includes(null)) return [];
  const processes = living.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  if (processes === 0) return [];
  const work = facts.types.reduce((sum, type) => sum + workOf(type), 0);
  const what = (limit: Phrase): Phrase =>
    phrase('health.capacity', { busy: work, n: processes, share: work / processes, limit });
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
  const known = surveys.flatMap(({ hostname, settings }) => (settings ? [{ hostname, settings }] : []));
  if (known.length === 0) return [];
  const without = known.filter(({ settings }) => !settings.hasResultBackend);
  const eager = known.filter(({ settings }) => settings.isEager);
  const firstOf = (some: readonly { readonly hostname: string }[]): string => some[0]?.hostname ?? '';
  return [
    {
      rule: 'noResultBackend',
      subject: ofCluster,
      figure: without.length,
      what: (limit) => phrase('health.noResultBackend', { n: without.length, worker: firstOf(without), limit }),
    },
    {
      rule: 'alwaysEager',
      subject: ofCluster,
      figure: eager.length,
      what: (limit) => phrase('health.alwaysEager', { worker: firstOf(eager), limit }),
    },
  ];
};

const measureLateAcks = (surveys: readonly WorkerSurvey[]): readonly Measurement[] => {
  const types = new Map<string, { readonly isUnlimited: boolean; readonly isRequeued: boolean }>();
  for (const { limits, settings, stats } of surveys)
    for (const [name, { acksLate, timeLimitSeconds }] of limits) {
      if (name.startsWith('celery.')) continue;
      const isLate = acksLate ?? settings?.acksLate ?? false;
      const isLimited = (timeLimitSeconds ?? stats?.timeLimitSeconds ?? settings?.timeLimitSeconds ?? null) !== null;
      const before = types.get(name);
      types.set(name, {
        isUnlimited: before?.isUnlimited || (isLate && !isLimited),
        isRequeued: before?.isRequeued || (isLate && isLimited && (settings?.requeuesTimeouts ?? false)),
      });
    }
  return [...types].flatMap(([name, { isUnlimited, isRequeued }]) => [
    {
      rule: 'lateAcksUnlimited' as const,
      subject: ofType(name),
      figure: isUnlimited ? 1 : 0,
      what: (limit: Phrase) => phrase('health.lateAcksUnlimited', { task: name, limit }),
    },
    {
      rule: 'timeoutsRequeued' as const,
      subject: ofType(name),
      figure: isRequeued ? 1 : 0,
      what: (limit: Phrase) => phrase('health.timeoutsRequeued', { task: name, limit }),
    },
  ]);
};
