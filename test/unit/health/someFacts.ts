import type { Queue } from '../../../server/api/model.ts';
import type { GroupStats, Quantiles, WindowStats } from '../../../server/api/tasks.ts';
import type { HealthFacts } from '../../../server/health/facts.ts';
import { measure } from '../../../server/health/measure.ts';
import type { Pulse } from '../../../server/health/pulseBook.ts';
import type { RuleName } from '../../../server/health/ruleTable.ts';
import type { WorkerSettings, WorkerStats, WorkerSurvey } from '../../../server/health/workerSurvey.ts';
import { aWorker } from '../aSnapshot.ts';

/** Noon of a day. */
export const noon = 1_800_000_000_000;
export const secondsAgo = (seconds: number): number => noon - seconds * 1_000;

export const name = 'celery@one';

/** One worker that is well, on Redis, listened to for an hour. */
export const someFacts = (parts: Partial<HealthFacts> = {}): HealthFacts => ({
  now: noon,
  listeningSince: secondsAgo(3_600),
  brokerKind: 'redis',
  blocked: null,
  overview: { alarms: [], blockedConnections: 0, missing: null },
  workers: [aWorker({ lastSeenAt: secondsAgo(1), statusSince: secondsAgo(3_600) })],
  pulses: new Map([[name, aPulse()]]),
  surveys: new Map([[name, aSurvey()]]),
  surveyedAt: secondsAgo(5),
  mailboxes: [name],
  queues: [],
  consumersKnown: true,
  types: [],
  queueStats: [],
  workerStats: [aGroup(name, { received: 10 })],
  running: [],
  delayed: [],
  visibilityTimeoutSeconds: 3_600,
  host: { name: 'elsewhere', memoryBytes: 8 * 2 ** 30 },
  ...parts,
});

export const aPulse = (parts: Partial<Pulse> = {}): Pulse => ({
  restarts: [],
  processes: 1,
  idleSince: secondsAgo(2),
  begun: 10,
  heardSince: secondsAgo(3_600),
  ...parts,
});

interface SurveyParts extends Partial<Omit<WorkerSurvey, 'stats' | 'settings'>> {
  readonly stats?: Partial<WorkerStats>;
  readonly settings?: Partial<WorkerSettings>;
}

export const aSurvey = ({ stats, settings, ...parts }: SurveyParts = {}): WorkerSurvey => ({
  hostname: name,
  answeredAt: secondsAgo(5),
  missed: 0,
  before: null,
  limits: new Map(),
  active: [],
  ...parts,
  stats: {
    pid: 4711,
    uptimeSeconds: 7_200,
    pool: 'prefork',
    concurrency: 4,
    prefetchCount: 4,
    begun: null,
    timeLimitSeconds: null,
    softTimeLimitSeconds: null,
    peakMemoryBytes: 100 * 2 ** 20,
    cpuSeconds: 60,
    ...stats,
  },
  settings: {
    maxMemoryPerChildBytes: null,
    hasResultBackend: true,
    timeLimitSeconds: null,
    softTimeLimitSeconds: null,
    acksLate: false,
    requeuesTimeouts: false,
    isEager: false,
    sendsTaskEvents: true,
    visibilityTimeoutSeconds: null,
    ...settings,
  },
});

export const aQueue = (parts: Partial<Queue> = {}): Queue => ({
  name: 'emails',
  exists: true,
  ready: 0,
  unacked: 0,
  consumers: null,
  updatedAt: noon,
  growthPerSecond: 0,
  drainSeconds: null,
  workers: [name],
  ...parts,
});

interface GroupParts extends Partial<Omit<WindowStats, 'runtime' | 'wait'>> {
  readonly runtime?: Partial<Quantiles>;
  readonly wait?: Partial<Quantiles>;
  readonly baseline?: number | null;
}

const noQuantiles: Quantiles = { count: 0, mean: null, p50: null, p95: null, p99: null };

/** A group with the same figures in all its windows. */
export const aGroup = (
  groupName: string,
  { runtime, wait, baseline = null, ...parts }: GroupParts = {},
): GroupStats => {
  const { succeeded = 0, failed = 0, retried = 0, timedOut = 0 } = parts;
  const ended = succeeded + failed + retried;
  const share = (part: number): number | null => (ended === 0 ? null : part / ended);
  const window = (minutes: number): WindowStats => ({
    minutes,
    sent: 0,
    received: 0,
    started: 0,
    succeeded,
    failed,
    retried,
    revoked: 0,
    rejected: 0,
    timedOut,
    perSecond: ended / 900,
    successRate: share(succeeded),
    failureRate: share(failed),
    retryRate: share(retried),
    timeoutRate: share(timedOut),
    ...parts,
    runtime: { ...noQuantiles, ...runtime },
    wait: { ...noQuantiles, ...wait },
  });
  return { name: groupName, held: {}, windows: [1, 5, 15, 60].map(window), perMinute: [], baselineSeconds: baseline };
};

/** What a rule sees of these facts: its figure by the subject's name. */
export const figuresOf = (rule: RuleName, parts: Partial<HealthFacts>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    measure(someFacts(parts))
      .filter((each) => each.rule === rule)
      .map(({ subject, figure }) => [subject.name, figure]),
  );
