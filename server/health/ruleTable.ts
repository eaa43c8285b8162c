import { adviceRules } from './adviceRules.ts';
import { critical, type HealthRule, info, warning } from './rule.ts';

const workerRules = {
  noWorkers: {
    watches: 'No workers online',
    unit: 'none',
    levels: [critical(0, 120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  workerSilent: {
    watches: 'Seconds since the last sign of life of a worker that has not shut down',
    unit: 'seconds',
    levels: [warning(60), critical(120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerDeaf: {
    watches: 'Consecutive questions that a worker did not answer although it sends heartbeats',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerStalled: {
    watches: 'Seconds since a busy worker last started a task although messages are waiting for it',
    unit: 'seconds',
    levels: [warning(600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  orphanedTasks: {
    watches: 'Tasks that were running on a worker when it went offline',
    unit: 'count',
    levels: [warning(0, 30)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerMemory: {
    watches: 'Peak memory of a worker process, as a fraction of worker_max_memory_per_child',
    unit: 'share',
    levels: [warning(0.85)],
    endsBelow: 0.95,
    endsAfterSeconds: 60,
    needs: 'now',
  },
  workerCpu: {
    watches: "CPU time of a worker's main process, as a fraction of one core",
    unit: 'share',
    levels: [warning(0.9, 600)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  workerRestarted: {
    watches: 'Restarts of a worker within five minutes',
    unit: 'count',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerRestarts: {
    watches: 'Restarts of a worker within an hour',
    unit: 'count',
    levels: [warning(10)],
    endsBelow: 0.8,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  eventsOff: {
    watches: 'Tasks that a worker started without sending events',
    unit: 'none',
    levels: [warning(0, 60)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  clockDrift: {
    watches: "Difference between a worker's clock and the local clock, in seconds",
    unit: 'seconds',
    levels: [warning(16, 60)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  duplicateNames: {
    watches: 'Workers with the same name',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 30,
    needs: 'time',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

const queueRules = {
  queueDepth: {
    watches: 'Messages waiting in a queue',
    unit: 'count',
    levels: [warning(1_000, 600), critical(5_000, 600)],
    endsBelow: 0.8,
    endsAfterSeconds: 30,
    needs: 'now',
  },
  queueGrowth: {
    watches: 'Growth of a queue in messages per second',
    unit: 'perSecond',
    levels: [warning(10, 60)],
    endsBelow: 0.5,
    endsAfterSeconds: 30,
    needs: 'time',
  },
  queueUnconsumed: {
    watches: 'Messages waiting in a queue without consumers',
    unit: 'count',
    levels: [warning(0), critical(0, 120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  queueWait: {
    watches: 'Queue wait in seconds (95th percentile over 5 minutes)',
    unit: 'seconds',
    levels: [warning(60)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  deadLetters: {
    watches: 'Messages in a dead-letter queue',
    unit: 'count',
    levels: [warning(100)],
    endsBelow: 0.9,
    endsAfterSeconds: 0,
    needs: 'now',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

const taskRules = {
  failureRate: {
    watches: 'Failure rate of a task type over 5 minutes',
    unit: 'share',
    levels: [warning(0.05), critical(0.2, 300)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  retryRate: {
    watches: 'Retry rate of a task type over 5 minutes',
    unit: 'share',
    levels: [warning(0.1)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  timeoutRate: {
    watches: 'Fraction of runs of a task type that a time limit ended, over 5 minutes',
    unit: 'share',
    levels: [warning(0.01)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  slowTasks: {
    watches: 'Runtime of a task type in seconds (95th percentile over 15 minutes)',
    unit: 'seconds',
    levels: [warning(300, 900)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  slowerThanUsual: {
    watches: 'Mean runtime of a task type over 15 minutes, relative to its usual runtime',
    unit: 'times',
    levels: [warning(2)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  longTask: {
    watches: 'Seconds that a task has been running',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  taskNearLimit: {
    watches: 'Runtime of a running task, as a fraction of its time limit',
    unit: 'share',
    levels: [warning(0.8)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  stuckTask: {
    watches: 'Runtime of a running task relative to the 95th percentile of its type, from 5 minutes on',
    unit: 'times',
    levels: [warning(10)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

const brokerRules = {
  brokerAlarm: {
    watches: 'The broker has raised a resource alarm and accepts no messages',
    unit: 'none',
    levels: [critical(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  blockedConnections: {
    watches: 'Connections that the broker is blocking',
    unit: 'count',
    levels: [critical(0)],
    endsBelow: 1,
    endsAfterSeconds: 5,
    needs: 'now',
  },
  visibilityTimeout: {
    watches: 'Seconds until the ETA of a task that Redis redelivers earlier',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  staleMailboxes: {
    watches: 'Mailboxes that crashed workers left at the broker',
    unit: 'count',
    levels: [info(0, 600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

/** Every health rule; the figures are those that hold when nobody has set others. */
export const ruleTable = { ...workerRules, ...queueRules, ...taskRules, ...brokerRules, ...adviceRules };

export type RuleName = keyof typeof ruleTable;

export const ruleNames = Object.keys(ruleTable) as readonly RuleName[];
