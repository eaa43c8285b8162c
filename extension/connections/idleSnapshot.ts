import type { BrokerKind, ClusterSnapshot, ConnectionConfig } from '../../server/api/model.ts';

/** What is shown of a connection that the user has not opened: the engine knows nothing of it. */
export const idleSnapshot = (config: ConnectionConfig, maskedUrl: string): ClusterSnapshot => ({
  clusterId: config.id,
  version: { epoch: idle, number: 0 },
  name: config.name,
  maskedUrl,
  brokerKind: kindOf(config.url),
  environment: config.environment ?? 'dev',
  isReadOnly: config.isReadOnly ?? false,
  link: { kind: 'disconnected' },
  workers: {},
  beats: {},
  queues: {},
  counters: {
    events: 0,
    invalid: 0,
    lost: 0,
    uncountedLosses: 0,
    gaps: { disconnected: { count: 0, seconds: 0 }, discarded: { count: 0, seconds: 0 } },
    evicted: 0,
    tasks: 0,
    backlog: 0,
    lastEventAt: null,
    invalidByReason: {},
    listenerErrors: {},
    stores: {},
  },
  gaps: [],
  failures: {},
  alerts: {},
  verdict: { level: 'unknown', state: 'disconnected', since: 0, reasons: [] },
  waiting: {},
});

/** Whether the engine knows nothing of it. */
export const isIdle = ({ version }: Pick<ClusterSnapshot, 'version'>): boolean => version.epoch === idle;

const idle = 'idle';

const kindOf = (url: string): BrokerKind => {
  if (/^(redis|rediss|sentinel)\b/i.test(url)) return 'redis';
  return url.toLowerCase().startsWith('filesystem:') ? 'filesystem' : 'amqp';
};
