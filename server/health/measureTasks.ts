import { inWords, type Phrase, phrase } from '../api/phrase.ts';
import type { GroupStats, WindowStats } from '../api/tasks.ts';
import { forEachOf, type Sliced } from '../state/queries/slices.ts';
import type { HealthFacts, RunningTask } from './facts.ts';
import type { IndexedFacts } from './indexFacts.ts';
import { type Measurement, type NoteMeasurements, ofTask, ofType, subjectsAtOnce } from './measurement.ts';
import { isOrphaned } from './measureWorkers.ts';

/** Fewer runs make no rate. */
const fewestRuns = 20;
const fewestRuntimes = 5;
const fewestSiblings = 10;
const stuckFromSeconds = 300;

export function* measureTasks(facts: IndexedFacts, note: NoteMeasurements): Sliced<void> {
  const ofEachType = (type: GroupStats): void => {
    note(measureRates(type));
    note(measureRuntimes(type));
  };
  yield* forEachOf(facts.types, ofEachType, subjectsAtOnce);
  yield* forEachOf(facts.running, (task) => note(measureRunning(task, facts)), subjectsAtOnce);
}

const windowOf = ({ windows }: GroupStats, minutes: number): WindowStats | undefined =>
  windows.find((window) => window.minutes === minutes);

const measureRates = (type: GroupStats): readonly Measurement[] => {
  const window = windowOf(type, 5);
  if (!window) return [];
  const ended = window.succeeded + window.failed + window.retried;
  if (ended < fewestRuns) return [];
  const subject = ofType(type.name);
  const rate = (rule: 'failureRate' | 'retryRate' | 'timeoutRate'): Measurement => ({
    rule,
    subject,
    figure: window[rule] ?? 0,
    what: (limit) => phrase(`health.${rule}`, { task: type.name, share: window[rule] ?? 0, limit }),
  });
  return [rate('failureRate'), rate('retryRate'), rate('timeoutRate')];
};

const measureRuntimes = (type: GroupStats): readonly Measurement[] => {
  const runtime = windowOf(type, 15)?.runtime;
  if (!runtime || runtime.count < fewestRuntimes) return [];
  const { p95, mean } = runtime;
  const subject = ofType(type.name);
  const figures: Measurement[] = [];
  if (p95 !== null) {
    const what = (limit: Phrase): Phrase => phrase('health.slowTasks', { task: type.name, runtime: p95, limit });
    figures.push({ rule: 'slowTasks', subject, figure: p95, what });
  }
  const usual = type.baselineSeconds;
  if (mean !== null && usual !== null && usual > 0) {
    const what = (limit: Phrase): Phrase =>
      phrase('health.slowerThanUsual', { task: type.name, runtime: mean, usual, limit });
    figures.push({ rule: 'slowerThanUsual', subject, figure: mean / usual, what });
  }
  return figures;
};

const measureRunning = (task: RunningTask, facts: IndexedFacts): readonly Measurement[] => {
  const { id, name, worker, startedAt } = task;
  // What ran on a worker that is gone runs no more: that is another rule's.
  if (isOrphaned(task, facts)) return [];
  const seconds = (facts.now - startedAt) / 1_000;
  const subject = ofTask(id);
  const who = {
    task: name ?? inWords(phrase('health.unknownTask')),
    id: `${id.slice(0, 8)}…`,
    worker: worker ?? inWords(phrase('health.unknownWorker')),
    runtime: seconds,
  };
  const figures: Measurement[] = [
    { rule: 'longTask', subject, figure: seconds, what: (limit) => phrase('health.longTask', { ...who, limit }) },
  ];
  const cap = limitOf(task, facts);
  if (cap !== null)
    figures.push({
      rule: 'taskNearLimit',
      subject,
      figure: seconds / cap,
      what: (limit) => phrase('health.taskNearLimit', { ...who, share: seconds / cap, cap, limit }),
    });
  const siblings = (name === null ? undefined : facts.typeNamed.get(name))?.windows.at(-1)?.runtime;
  const usual = siblings?.p95 ?? null;
  if (usual !== null && usual > 0 && (siblings?.count ?? 0) >= fewestSiblings)
    figures.push({
      rule: 'stuckTask',
      subject,
      figure: seconds < stuckFromSeconds ? 0 : seconds / usual,
      what: (limit) => phrase('health.stuckTask', { ...who, usual, limit }),
    });
  return figures;
};

/** The first limit that it will meet, as its worker knows it; null: none, or nobody has asked. */
const limitOf = ({ name, worker }: RunningTask, { surveys }: HealthFacts): number | null => {
  const survey = worker === null ? undefined : surveys.get(worker);
  if (!survey) return null;
  const own = name === null ? undefined : survey.limits.get(name);
  const limits = [
    own?.timeLimitSeconds ?? survey.stats?.timeLimitSeconds ?? survey.settings?.timeLimitSeconds,
    own?.softTimeLimitSeconds ?? survey.stats?.softTimeLimitSeconds ?? survey.settings?.softTimeLimitSeconds,
  ].filter((limit) => limit !== null && limit !== undefined && limit > 0);
  return limits.length === 0 ? null : Math.min(...(limits as number[]));
};
