import type { Dashboard, DashboardMetric, DashboardNow, DashboardWorker } from '../../../server/api/dashboard.ts';
import type { WindowStats } from '../../../server/api/tasks.ts';

export const t0 = new Date(2026, 10, 20, 12, 0, 0).getTime();

const none = { count: 0, mean: null, p50: null, p95: null, p99: null };

export const aWindow = (parts: Partial<WindowStats> = {}): WindowStats => ({
  minutes: 5,
  sent: 0,
  received: 0,
  started: 0,
  succeeded: 0,
  failed: 0,
  retried: 0,
  revoked: 0,
  rejected: 0,
  timedOut: 0,
  perSecond: 0,
  successRate: null,
  failureRate: null,
  retryRate: null,
  timeoutRate: null,
  runtime: none,
  wait: none,
  ...parts,
});

export const aNow = (parts: Partial<DashboardNow> = {}): DashboardNow => ({
  workersOnline: 1,
  workersKnown: 1,
  active: 0,
  queued: 0,
  queuedGrowthPerSecond: 0,
  drainSeconds: null,
  window: aWindow(),
  backlog: 0,
  lastEventAt: t0,
  events: 10,
  lost: 0,
  ...parts,
});

export const aWorker = (parts: Partial<DashboardWorker> = {}): DashboardWorker => ({
  hostname: 'celery@one',
  status: 'online',
  statusSince: t0,
  active: 1,
  slots: 4,
  memoryBytes: null,
  cpuShare: null,
  loadAverage: null,
  processed: 7,
  ...parts,
});

const metrics: readonly DashboardMetric[] = [
  'sent',
  'received',
  'succeeded',
  'failed',
  'retried',
  'revoked',
  'rejected',
  'timedOut',
  'running',
  'waiting',
  'workersOnline',
  'runtimeP50',
  'runtimeP95',
  'runtimeP99',
  'waitP95',
];

/** Three steps of ten seconds of which nothing is known but what is said. */
export const aDashboard = (
  parts: Partial<Dashboard> = {},
  points: Partial<Record<DashboardMetric, readonly (number | null)[]>> = {},
): Dashboard => ({
  clusterId: 'shop',
  name: 'shop',
  environment: 'dev',
  isReadOnly: false,
  link: { kind: 'live', since: t0, server: { product: 'Redis', version: '7' }, blocked: null },
  at: t0,
  from: t0 - 30_000,
  to: t0,
  filter: null,
  countedFrom: null,
  stepSeconds: 10,
  points: {
    ...(Object.fromEntries(metrics.map((metric) => [metric, [null, null, null]])) as unknown as Dashboard['points']),
    ...points,
  },
  ended: 0,
  gaps: [],
  now: aNow(),
  queues: { stepSeconds: 10, from: t0 - 30_000, lines: [], others: null, total: [], deepest: null },
  usage: { stepSeconds: 60, from: t0 - 60_000, cpu: [], memory: [], others: 0 },
  workers: [aWorker()],
  states: { SUCCESS: 3 },
  slowest: [],
  verdict: { level: 'healthy', state: 'healthy', since: t0, reasons: [] },
  thresholds: {
    failureRate: [
      { severity: 'warning', above: 0.05 },
      { severity: 'critical', above: 0.2 },
    ],
    retryRate: [],
    queueDepth: [
      { severity: 'warning', above: 1_000 },
      { severity: 'critical', above: 5_000 },
    ],
    queueGrowth: [],
    queueWait: [],
    slowTasks: [],
  },
  ...parts,
});
