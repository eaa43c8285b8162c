/** What to do about what the health rules find, by rule. */
export const advicePhrases = {
  'advice.noWorkers': 'Start a worker (celery -A YOUR_APP worker -E), or check the logs of those that ran before.',
  'advice.workerSilent':
    'Check whether its process is running: it may have been killed (out of memory?), suspended or cut off from the broker. A solo-pool worker sends no heartbeats while it runs a task.',
  'advice.workerDeaf':
    'Its main process is overloaded or hangs: check its CPU, take a thread dump, or restart it. A worker that does not accept JSON never answers.',
  'advice.workerStalled':
    'Its tasks may hang or wait for each other. Inspect Active lists them; a time limit ends such tasks automatically.',
  'advice.orphanedTasks':
    'With late acknowledgement the broker redelivers them; otherwise they are lost and must be sent again. For tasks that may run twice, set task_acks_late with task_reject_on_worker_lost, or with task_retry_on_worker_lost (Celery 5.7), which stops after max_retries.',
  'advice.workerMemory':
    'Above the limit, a child process is replaced after every task. Raise worker_max_memory_per_child, or load less at import.',
  'advice.workerCpu':
    'It may be spinning, or receive more messages than one process can handle: take a thread dump, or start more workers.',
  'advice.workerRestarted': 'No action needed after a deployment or a manual restart; otherwise check its log.',
  'advice.workerRestarts': 'Something ends it repeatedly: check its log, its memory limit and its health probe.',
  'advice.eventsOff': 'Turn its events on (Enable Events), and start it with -E or set worker_send_task_events.',
  'advice.clockDrift':
    'Synchronise the clocks with NTP. Until then, the ETAs, expirations and timestamps of its tasks are off by as much.',
  'advice.duplicateNames':
    'Give each worker a unique name (-n name%i@%h): replies cannot be told apart, and commands reach only some of them.',
  'advice.queueDepth': 'Start more workers for it or grow their pools, or find out what makes its tasks slow.',
  'advice.queueGrowth':
    'More messages arrive than are processed: start more workers for it, or slow its producers down.',
  'advice.queueUnconsumed':
    'Start a worker with -Q and its name, add a consumer to a worker (Add Consumer), or correct the routing that sends there.',
  'advice.queueWait':
    'Capacity is too low at times: start more workers, give long tasks a queue of their own, or lower the prefetch count.',
  'advice.deadLetters': 'Check what was rejected or has expired, fix the cause, then requeue or delete the messages.',
  'advice.failureRate': 'See Failures for the exceptions and lines.',
  'advice.retryRate': 'A dependency is failing often. Check the retry exceptions, and use exponential backoff.',
  'advice.timeoutRate':
    'Its runs take longer than allowed: give its calls a timeout of their own, split the task, or raise its time limit.',
  'advice.slowTasks': 'Give long tasks workers of their own with a prefetch multiplier of 1, or split them.',
  'advice.slowerThanUsual': 'Check what changed: a release, the size of its input, or a dependency.',
  'advice.longTask':
    'If it hangs, look at its stack (Attach Debugger), then revoke it with terminate, and set a time limit.',
  'advice.taskNearLimit':
    'The task is ended at its limit. Raise the limit for this task (Set Time Limits), or find out what holds it up.',
  'advice.stuckTask':
    'It probably hangs: look at its stack (Attach Debugger), then revoke it with terminate, and set a time limit.',
  'advice.brokerAlarm':
    'Free memory or disk space on the broker. Until then, everything that publishes waits: apps, retries, results.',
  'advice.blockedConnections': 'Check the alarms of the broker; if there are none, its publishers are too fast.',
  'advice.visibilityTimeout':
    'The task will run more than once. Set visibility_timeout in broker_transport_options above the longest delay, or schedule it later with beat.',
  'advice.staleMailboxes':
    'Crashed workers left them. They are harmless, but commands wait for answers that never come.',
  'advice.prefetchTooHigh':
    'Set worker_prefetch_multiplier to 1 (and task_acks_late): prefetched messages wait behind a long task while other processes are idle.',
  'advice.capacity': 'Start more workers or grow their pools: above 100% the queues grow without limit.',
  'advice.memoryOvercommit':
    'Use fewer processes or a lower limit: otherwise the kernel kills the worker before the limit applies.',
  'advice.noResultBackend':
    'Set result_backend if results are read or chords are used; otherwise set task_ignore_result.',
  'advice.lateAcksUnlimited':
    'Set a time_limit: a task that hangs keeps its message unacknowledged, and on Redis it runs again after visibility_timeout.',
  'advice.timeoutsRequeued':
    'Set task_acks_on_timeout to True (task_acks_on_failure_or_timeout before Celery 5.7): a task that always exceeds its limit runs again without end.',
  'advice.alwaysEager': 'Unset task_always_eager outside tests.',
  'advice.keepsTrying': 'Celeriac keeps trying to connect.',
  'advice.wait': 'Wait a few seconds.',
  'advice.seeAlerts': 'See the list of alerts.',
  'advice.connect': 'Connect to it.',
  'advice.startWorker': 'Start a worker, or wait.',
} as const;
