/**
 * What the health rules find, by rule. `{limit:phrase}` is the threshold in brackets; a pair is the sentence for one and for
 * many, by `{n:count}`.
 */
export const healthPhrases = {
  'health.noWorkers': 'No workers are online{limit:phrase}.',
  'health.workerSilent': '{worker} has sent no heartbeat for {silence:duration}{limit:phrase}.',
  'health.workerDeaf': [
    '{worker} sends heartbeats but did not answer the last question{limit:phrase}.',
    '{worker} sends heartbeats but did not answer the last {n:count} questions{limit:phrase}.',
  ],
  'health.workerStalled': [
    '{worker} is running {n:count} task and has started no other for {idle:duration}, although messages are waiting{limit:phrase}.',
    '{worker} is running {n:count} tasks and has started no other for {idle:duration}, although messages are waiting{limit:phrase}.',
  ],
  'health.orphanedTasks': [
    '{n:count} task was running on {worker} when it went offline{limit:phrase}.',
    '{n:count} tasks were running on {worker} when it went offline{limit:phrase}.',
  ],
  'health.workerMemory':
    'Peak memory of {worker}: {peak:bytes}, {share:percent} of worker_max_memory_per_child ({cap:bytes}){limit:phrase}.',
  'health.workerCpu': 'CPU of the main process of {worker}: {share:percent} of a core{limit:phrase}.',
  'health.workerRestarted': [
    '{worker} restarted in the last 5 min{limit:phrase}.',
    '{worker} restarted {n:count} times in 5 min{limit:phrase}.',
  ],
  'health.workerRestarts': [
    '{worker} restarted once in an hour{limit:phrase}.',
    '{worker} restarted {n:count} times in an hour{limit:phrase}.',
  ],
  'health.eventsOff': [
    '{worker} has started {n:count} task without sending an event for it{limit:phrase}.',
    '{worker} has started {n:count} tasks without sending an event for any of them{limit:phrase}.',
  ],
  'health.clockBehind': 'The clock of {worker} is {drift:duration} slow{limit:phrase}.',
  'health.clockAhead': 'The clock of {worker} is {drift:duration} fast{limit:phrase}.',
  'health.duplicateNames': '{n:count} workers share the name {worker}{limit:phrase}.',
  'health.queueDepth': [
    '{n:count} message is waiting in {queue}{limit:phrase}.',
    '{n:count} messages are waiting in {queue}{limit:phrase}.',
  ],
  'health.queueUnconsumed': [
    '{n:count} message is waiting in {queue}, which has no consumer{limit:phrase}.',
    '{n:count} messages are waiting in {queue}, which has no consumer{limit:phrase}.',
  ],
  'health.queueGrowth': '{queue} grows by {growth:rate}{limit:phrase}.',
  'health.queueWait': 'Queue wait in {queue}: p95 {wait:duration} over 5 min{limit:phrase}.',
  'health.typeWait': 'Queue wait of {task}: p95 {wait:duration} over 5 min{limit:phrase}.',
  'health.deadLetters': [
    '{n:count} message in the dead-letter queue {queue}{limit:phrase}.',
    '{n:count} messages in the dead-letter queue {queue}{limit:phrase}.',
  ],
  'health.failureRate': 'Failure rate of {task}: {share:percent} over 5 min{limit:phrase}.',
  'health.retryRate': 'Retry rate of {task}: {share:percent} over 5 min{limit:phrase}.',
  'health.timeoutRate': 'Time-out rate of {task}: {share:percent} over 5 min{limit:phrase}.',
  'health.slowTasks': 'Runtime of {task}: p95 {runtime:duration} over 15 min{limit:phrase}.',
  'health.slowerThanUsual':
    'Mean runtime of {task}: {runtime:duration} over 15 min, usually {usual:duration}{limit:phrase}.',
  'health.longTask': '{task} ({id}) on {worker} has been running for {runtime:duration}{limit:phrase}.',
  'health.taskNearLimit':
    '{task} ({id}) on {worker} has been running for {runtime:duration}, {share:percent} of its time limit of {cap:duration}{limit:phrase}.',
  'health.stuckTask':
    '{task} ({id}) on {worker} has been running for {runtime:duration}; p95 of this task is {usual:duration}{limit:phrase}.',
  'health.brokerAlarm': '{reason:phrase}{limit:phrase}',
  'health.blockedConnections': [
    'The broker is blocking {n:count} publishing connection{limit:phrase}.',
    'The broker is blocking {n:count} publishing connections{limit:phrase}.',
  ],
  'health.visibilityTimeout':
    '{task} is scheduled {delay:duration} ahead, but Redis redelivers unacknowledged messages after {timeout:duration}{limit:phrase}.',
  'health.staleMailboxes': [
    'The broker keeps {n:count} mailbox of a worker that is gone: {workers}{limit:phrase}.',
    'The broker keeps {n:count} mailboxes of workers that are gone: {workers}{limit:phrase}.',
  ],
  'health.prefetchTooHigh':
    '{worker} prefetches up to {each:decimal} messages per process, and its tasks take {runtime:duration} on average{limit:phrase}.',
  'health.capacity':
    'Incoming work keeps {busy:decimal} of {n:count} processes busy: {share:percent} of the capacity{limit:phrase}.',
  'health.memoryOvercommit':
    '{worker} may use {all:bytes} ({n:count} processes of {each:bytes}), but its host has {host:bytes}{limit:phrase}.',
  'health.noResultBackend': [
    '{n:count} worker, {worker}, has no result backend{limit:phrase}.',
    '{n:count} workers, such as {worker}, have no result backend{limit:phrase}.',
  ],
  'health.alwaysEager':
    'task_always_eager is set on {worker}: tasks that its app calls never reach a queue{limit:phrase}.',
  'health.timeoutsRequeued': '{task} is acknowledged late and requeued when it exceeds its time limit{limit:phrase}.',
  'health.lateAcksUnlimited': '{task} is acknowledged late and has no time limit{limit:phrase}.',
  'limit.none': '',
  'limit.recovering': ' (recovering)',
  'limit.threshold': ' (threshold {threshold:figure})',
  'limit.thresholdFor': ' (threshold {threshold:figure} for {lasting:duration})',
  'limit.thresholdRecovering': ' (threshold {threshold:figure}, recovering)',
  'health.unknownTask': 'A task',
  'health.unknownTasks': 'Tasks of unknown name',
  'health.unknownWorker': 'an unknown worker',
  'verdict.offline': 'No connection to the broker: {reason:phrase}',
  'verdict.reconnecting': 'Reconnecting to the broker…',
  'verdict.connecting': 'Connecting to the broker…',
  'verdict.disconnected': 'Not connected to the broker.',
  'verdict.collecting': 'Gathering figures…',
  'verdict.waiting': 'No workers are online.',
  'verdict.more': ['{n:count} more alert.', '{n:count} more alerts.'],
} as const;
