import { adviceRules } from './adviceRules.ts';
import { critical, type HealthRule, info, warning } from './rule.ts';

const workerRules = {
  noWorkers: {
    watches: 'No worker lives',
    unit: 'none',
    levels: [critical(0, 120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  workerSilent: {
    watches: 'Seconds since a worker was heard of, unless it said goodbye',
    unit: 'seconds',
    levels: [warning(60), critical(120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerDeaf: {
    watches: 'Questions in a row that a worker did not answer although its heart beats',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerStalled: {
    watches: 'Seconds in which a busy worker has begun no further task although messages wait for it',
    unit: 'seconds',
    levels: [warning(600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  orphanedTasks: {
    watches: 'Tasks that were running on a worker that is gone',
    unit: 'count',
    levels: [warning(0, 30)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  workerMemory: {
    watches: 'Peak memory of a worker process, as a share of worker_max_memory_per_child',
    unit: 'share',
    levels: [warning(0.85)],
    endsBelow: 0.95,
    endsAfterSeconds: 60,
    needs: 'now',
  },
  workerCpu: {
    watches: "CPU time of a worker's main process, as a share of one core",
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
    watches: 'A worker works and tells nothing of it',
    unit: 'none',
    levels: [warning(0, 60)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  clockDrift: {
    watches: "Seconds between a worker's clock and ours",
    unit: 'seconds',
    levels: [warning(16, 60)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  duplicateNames: {
    watches: 'Workers that share one name',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 30,
    needs: 'time',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

const queueRules = {
  queueDepth: {
    watches: 'Messages that wait in a queue',
    unit: 'count',
    levels: [warning(1_000, 600), critical(5_000, 600)],
    endsBelow: 0.8,
    endsAfterSeconds: 30,
    needs: 'now',
  },
  queueGrowth: {
    watches: 'Messages by which a queue grows each second',
    unit: 'perSecond',
    levels: [warning(10, 60)],
    endsBelow: 0.5,
    endsAfterSeconds: 30,
    needs: 'time',
  },
  queueUnconsumed: {
    watches: 'Messages that wait in a queue that nobody consumes',
    unit: 'count',
    levels: [warning(0), critical(0, 120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  queueWait: {
    watches: 'Seconds that tasks wait before they start (95th percentile of five minutes)',
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
    watches: 'Share of the runs of a task type that failed, of five minutes',
    unit: 'share',
    levels: [warning(0.05), critical(0.2, 300)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  retryRate: {
    watches: 'Share of the runs of a task type that are tried again, of five minutes',
    unit: 'share',
    levels: [warning(0.1)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  timeoutRate: {
    watches: 'Share of the runs of a task type that a time limit ended, of five minutes',
    unit: 'share',
    levels: [warning(0.01)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  slowTasks: {
    watches: 'Seconds that runs of a task type take (95th percentile of 15 minutes)',
    unit: 'seconds',
    levels: [warning(300, 900)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  slowerThanUsual: {
    watches: 'Mean runtime of a task type over 15 minutes, against its usual one',
    unit: 'times',
    levels: [warning(2)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
  },
  longTask: {
    watches: 'Seconds that one task has been running',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  taskNearLimit: {
    watches: 'How much of its time limit one task has used up',
    unit: 'share',
    levels: [warning(0.8)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  stuckTask: {
    watches: 'How many times longer than the others of its type one task has been running, from five minutes on',
    unit: 'times',
    levels: [warning(10)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

const brokerRules = {
  brokerAlarm: {
    watches: 'The broker is short of something and takes no messages',
    unit: 'none',
    levels: [critical(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
  },
  blockedConnections: {
    watches: 'Connections that the broker holds up',
    unit: 'count',
    levels: [critical(0)],
    endsBelow: 1,
    endsAfterSeconds: 5,
    needs: 'now',
  },
  visibilityTimeout: {
    watches: 'Seconds that a task waits for its time, where Redis hands it out again earlier',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
  },
  staleMailboxes: {
    watches: 'Mailboxes at the broker of workers that are gone',
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
