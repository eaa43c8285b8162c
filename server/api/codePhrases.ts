/** What the code of a workspace says of a call that is about to be sent. */
export const codePhrases = {
  'call.tooMany': '{task}() accepts at most {most:count} positional arguments, but {n:count} are given.',
  'call.twice': '{task}() is given "{name}" twice.',
  'call.unknown': '{task}() has no parameter "{name}".',
  'call.missing': '{task}() is missing {names}.',
  'drift.notRegistered': 'No online worker has {task} registered, but workers have other tasks of its module.',
  'drift.notInCode': '{worker} has {task} registered, but its module no longer defines it.',
  'drift.settings': '{setting} is {value} on {worker} and {otherValue} on {other}.',
  'drift.setting': '{setting} is {value} in the code and {otherValue} on {worker}.',
  'drift.queue': 'No worker consumes the queue {queue}, to which {task} is sent.',
  'drift.limit': 'The p95 runtime of {task} is {p95:duration}; its time limit is {limit:duration}.',
  'drift.restartWorkers': 'Restart the workers with this code.',
  'drift.restartOrUpdate': 'Restart the workers if the task was removed, or update this workspace.',
  'drift.sameSettings': 'Deploy the same settings to all workers and restart them.',
} as const;
