import type { GroupStats, WindowStats } from '../api/tasks.ts';
import type { HealthFacts, RunningTask } from './facts.ts';
import type { IndexedFacts } from './indexFacts.ts';
import { type Measurement, ofTask, ofType } from './measurement.ts';
import { isOrphaned } from './measureWorkers.ts';
import { plural, share, span } from './wording.ts';

/** Fewer runs make no rate. */
const fewestRuns = 20;
const fewestRuntimes = 5;
const fewestSiblings = 10;
const stuckFromSeconds = 300;

export const measureTasks = (facts: IndexedFacts): readonly Measurement[] => [
  ...facts.types.flatMap((type) => [...measureRates(type), ...measureRuntimes(type)]),
  ...facts.running.flatMap((task) => measureRunning(task, facts)),
];

const windowOf = ({ windows }: GroupStats, minutes: number): WindowStats | undefined =>
  windows.find((window) => window.minutes === minutes);

const measureRates = (type: GroupStats): readonly Measurement[] => {
  const window = windowOf(type, 5);
  if (!window) return [];
  const ended = window.succeeded + window.failed + window.retried;
  if (ended < fewestRuns) return [];
  const subject = ofType(type.name);
  const rate = (rule: Measurement['rule'], figure: number | null, said: string): Measurement => ({
    rule,
    subject,
    figure: figure ?? 0,
    what: () => `${share(figure ?? 0)} of ${plural(ended, 'run')} of ${type.name} within five minutes ${said}`,
  });
  return [
    rate('failureRate', window.failureRate, 'failed'),
    rate('retryRate', window.retryRate, 'are tried again'),
    rate('timeoutRate', window.timeoutRate, 'were ended by a time limit'),
  ];
};

const measureRuntimes = (type: GroupStats): readonly Measurement[] => {
  const runtime = windowOf(type, 15)?.runtime;
  if (!runtime || runtime.count < fewestRuntimes) return [];
  const { p95, mean } = runtime;
  const subject = ofType(type.name);
  const figures: Measurement[] = [];
  if (p95 !== null) {
    const what = (): string => `Runs of ${type.name} take up to ${span(p95)} (95th percentile of 15 minutes)`;
    figures.push({ rule: 'slowTasks', subject, figure: p95, what });
  }
  const usual = type.baselineSeconds;
  if (mean !== null && usual !== null && usual > 0) {
    const what = (): string => `${type.name} takes ${span(mean)} on average, usually ${span(usual)}`;
    figures.push({ rule: 'slowerThanUsual', subject, figure: mean / usual, what });
  }
  return figures;
};

const measureRunning = (task: RunningTask, facts: IndexedFacts): readonly Measurement[] => {
  const { id, name, worker, startedAt } = task;
  // What ran on a worker that is gone runs no more: that is another rule's.
  if (isOrphaned(task, facts)) return [];
  const seconds = (facts.now - startedAt) / 1_000;
  const who = `${name ?? 'A task'} (${id.slice(0, 8)}…) on ${worker ?? 'a worker'}`;
  const subject = ofTask(id);
  const what = (): string => `${who} has been running for ${span(seconds)}`;
  const figures: Measurement[] = [{ rule: 'longTask', subject, figure: seconds, what }];
  const limit = limitOf(task, facts);
  if (limit !== null)
    figures.push({
      rule: 'taskNearLimit',
      subject,
      figure: seconds / limit,
      what: () => `${what()}, ${share(seconds / limit)} of its time limit of ${span(limit)}`,
    });
  const siblings = (name === null ? undefined : facts.typeNamed.get(name))?.windows.at(-1)?.runtime;
  const usual = siblings?.p95 ?? null;
  if (usual !== null && usual > 0 && (siblings?.count ?? 0) >= fewestSiblings)
    figures.push({
      rule: 'stuckTask',
      subject,
      figure: seconds < stuckFromSeconds ? 0 : seconds / usual,
      what: () => `${what()}; others of its type take up to ${span(usual)}`,
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
