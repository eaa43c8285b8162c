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
    recommendation: 'Start a worker (celery -A YOUR_APP worker -E), or look into the logs of those that ran.',
  },
  workerSilent: {
    watches: 'Seconds since a worker was heard of, unless it said goodbye',
    unit: 'seconds',
    levels: [warning(60), critical(120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'Look whether its process still runs: killed (out of memory?), stopped, or cut off from the broker. A solo-pool worker is silent while it runs a task.',
  },
  workerDeaf: {
    watches: 'Questions in a row that a worker did not answer although its heart beats',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'Its main process is overloaded or hangs: look at its CPU, dump its stacks, restart it. One that takes no JSON never answers.',
  },
  workerStalled: {
    watches: 'Seconds in which a busy worker has begun no further task although messages wait for it',
    unit: 'seconds',
    levels: [warning(600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'Its tasks may hang or wait for each other. Inspect Active shows them; a time limit ends such tasks by itself.',
  },
  orphanedTasks: {
    watches: 'Tasks that were running on a worker that is gone',
    unit: 'count',
    levels: [warning(0, 30)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'With late acknowledgement the broker hands them out again; otherwise they are lost: send them again. Set task_acks_late and task_reject_on_worker_lost where a task may run twice.',
  },
  workerMemory: {
    watches: 'Peak memory of a worker process, as a share of worker_max_memory_per_child',
    unit: 'share',
    levels: [warning(0.85)],
    endsBelow: 0.95,
    endsAfterSeconds: 60,
    needs: 'now',
    recommendation:
      'Beyond the limit a child is replaced after every task. Raise worker_max_memory_per_child, or load less at import.',
  },
  workerCpu: {
    watches: "CPU time of a worker's main process, as a share of one core",
    unit: 'share',
    levels: [warning(0.9, 600)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation:
      'It may spin, or take in more messages than one process can: look at its stacks, or start more workers.',
  },
  workerRestarted: {
    watches: 'Restarts of a worker within five minutes',
    unit: 'count',
    levels: [info(0)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation: 'Nothing, when somebody deployed or restarted it; otherwise look into its log.',
  },
  workerRestarts: {
    watches: 'Restarts of a worker within an hour',
    unit: 'count',
    levels: [warning(10)],
    endsBelow: 0.8,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'Something ends it again and again: look into its log, at its memory limit, and at its health probe.',
  },
  eventsOff: {
    watches: 'A worker works and tells nothing of it',
    unit: 'none',
    levels: [warning(0, 60)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation: 'Turn its events on (Enable Events), and start it with -E, or set worker_send_task_events.',
  },
  clockDrift: {
    watches: "Seconds between a worker's clock and ours",
    unit: 'seconds',
    levels: [warning(16, 60)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation: 'Set the clocks by NTP. Until then its ETAs, expiry and all times of its tasks are off by as much.',
  },
  duplicateNames: {
    watches: 'Workers that share one name',
    unit: 'count',
    levels: [warning(1)],
    endsBelow: 1,
    endsAfterSeconds: 30,
    needs: 'time',
    recommendation:
      'Give each worker a name of its own (-n name%i@%h): they answer for each other, and commands reach only some.',
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
    recommendation: 'Start more workers for it or grow their pools, or see what makes its tasks slow.',
  },
  queueGrowth: {
    watches: 'Messages by which a queue grows each second',
    unit: 'perSecond',
    levels: [warning(10, 60)],
    endsBelow: 0.5,
    endsAfterSeconds: 30,
    needs: 'time',
    recommendation: 'More arrives than is worked off: start more workers for it, or slow its producers down.',
  },
  queueUnconsumed: {
    watches: 'Messages that wait in a queue that nobody consumes',
    unit: 'count',
    levels: [warning(0), critical(0, 120)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation:
      'Start a worker with -Q and its name, have one consume it (Add Consumer), or correct the routing that sends there.',
  },
  queueWait: {
    watches: 'Seconds that tasks wait before they start (95th percentile of five minutes)',
    unit: 'seconds',
    levels: [warning(60)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation:
      'There is too little capacity at times: more workers, a queue of their own for long tasks, or a smaller prefetch.',
  },
  deadLetters: {
    watches: 'Messages in a dead-letter queue',
    unit: 'count',
    levels: [warning(100)],
    endsBelow: 0.9,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation: 'Look at what was rejected or has expired, mend the cause, then requeue or delete it.',
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
    recommendation: 'Open Failures: the groups show which line raises what.',
  },
  retryRate: {
    watches: 'Share of the runs of a task type that are tried again, of five minutes',
    unit: 'share',
    levels: [warning(0.1)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation:
      'What it depends on fails often. See the exceptions of its retries, and retry with a growing delay.',
  },
  timeoutRate: {
    watches: 'Share of the runs of a task type that a time limit ended, of five minutes',
    unit: 'share',
    levels: [warning(0.01)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation:
      'It takes longer than it may: give its calls a time-out of their own, split it, or raise its limit.',
  },
  slowTasks: {
    watches: 'Seconds that runs of a task type take (95th percentile of 15 minutes)',
    unit: 'seconds',
    levels: [warning(300, 900)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation: 'Give long tasks workers of their own with a prefetch of one, or split them.',
  },
  slowerThanUsual: {
    watches: 'Mean runtime of a task type over 15 minutes, against its usual one',
    unit: 'times',
    levels: [warning(2)],
    endsBelow: 0.8,
    endsAfterSeconds: 60,
    needs: 'time',
    recommendation: 'See what changed: a release, the size of its input, or what it waits for.',
  },
  longTask: {
    watches: 'Seconds that one task has been running',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation:
      'If it hangs: look at its stack (Attach Debugger), then revoke it with terminate, and set a time limit.',
  },
  taskNearLimit: {
    watches: 'How much of its time limit one task has used up',
    unit: 'share',
    levels: [warning(0.8)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'now',
    recommendation:
      'At its limit the task is ended. Raise the limit for this type (Set Time Limits), or see what holds it up.',
  },
  stuckTask: {
    watches: 'How many times longer than the others of its type one task has been running, from five minutes on',
    unit: 'times',
    levels: [warning(10)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'It probably hangs: look at its stack (Attach Debugger), then revoke it with terminate, and set a time limit.',
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
    recommendation:
      'Free memory or disk space on the broker. Until then whoever publishes waits: apps, retries, results.',
  },
  blockedConnections: {
    watches: 'Connections that the broker holds up',
    unit: 'count',
    levels: [critical(0)],
    endsBelow: 1,
    endsAfterSeconds: 5,
    needs: 'now',
    recommendation: 'See the alarms of the broker; when there are none, publishers are too fast for it.',
  },
  visibilityTimeout: {
    watches: 'Seconds that a task waits for its time, where Redis hands it out again earlier',
    unit: 'seconds',
    levels: [warning(3_600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation:
      'It will run more than once. Set visibility_timeout in broker_transport_options above the longest delay, or schedule it later by beat.',
  },
  staleMailboxes: {
    watches: 'Mailboxes at the broker of workers that are gone',
    unit: 'count',
    levels: [info(0, 600)],
    endsBelow: 1,
    endsAfterSeconds: 0,
    needs: 'time',
    recommendation: 'Crashed workers left them. They do no harm, but commands wait for answers that nobody gives.',
  },
} as const satisfies Readonly<Record<string, HealthRule>>;

/** Every health rule; the figures are those that hold when nobody has set others. */
export const ruleTable = { ...workerRules, ...queueRules, ...taskRules, ...brokerRules, ...adviceRules };

export type RuleName = keyof typeof ruleTable;

export const ruleNames = Object.keys(ruleTable) as readonly RuleName[];
