import type { Verdict, VerdictState } from '../../server/api/health.ts';
import type { ClusterSnapshot, Counters, Worker } from '../../server/api/model.ts';

export const aWorker = (parts: Partial<Worker> = {}): Worker => ({
  hostname: 'celery@one',
  status: 'online',
  statusSince: 1_000,
  lastSeenAt: 9_000,
  lastHeartbeatAt: 9_000,
  heartbeatEverySeconds: 2,
  pid: 4711,
  active: 2,
  processed: 132,
  loadAverage: [1.25, 1, 0.9],
  software: { ident: 'py-celery', version: '5.6.3', system: 'Linux' },
  sendsTaskEvents: true,
  clockDriftSeconds: 0,
  ...parts,
});

export const someCounters = (parts: Partial<Counters> = {}): Counters => ({
  events: 10,
  invalid: 0,
  lost: 0,
  uncountedLosses: 0,
  gaps: { disconnected: { count: 0, seconds: 0 }, discarded: { count: 0, seconds: 0 } },
  evicted: 0,
  tasks: 3,
  backlog: 0,
  lastEventAt: 9_000,
  invalidByReason: {},
  listenerErrors: {},
  stores: {},
  ...parts,
});

export const aSnapshot = (parts: Partial<ClusterSnapshot> = {}): ClusterSnapshot => ({
  clusterId: 'orders',
  version: { epoch: 'e1', number: 0 },
  name: 'orders',
  maskedUrl: 'redis://localhost:6379/0',
  brokerKind: 'redis',
  link: { kind: 'live', since: 1_000, server: { product: 'Redis', version: '7.0.15' }, blocked: null },
  workers: {},
  beats: {},
  queues: {},
  counters: someCounters(),
  gaps: [],
  environment: 'dev',
  isReadOnly: false,
  failures: {},
  alerts: {},
  verdict: { level: 'unknown', state: 'collecting', since: 0, reasons: [] },
  waiting: {},
  ...parts,
});

export const verdictIn = (state: VerdictState, since = 0): Verdict => ({
  level: state === 'healthy' || state === 'degraded' || state === 'unhealthy' ? state : 'unknown',
  state,
  since,
  reasons: [],
});
