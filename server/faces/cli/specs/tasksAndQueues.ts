import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { listening, output, repliesWithin, yes } from './phrases.ts';

/** Commands for queues, results and single tasks. */
export const tasksAndQueues = {
  queues: {
    summary: 'Queues, how full they are, and who consumes them',
    options: {
      queue: 'only this queue, even if nobody consumes it; * stands for anything; may be repeated',
      peek: 'instead, the messages at the head of this queue; they stay there',
      limit: 'with --peek: so many messages at most (default 10)',
      output,
      timeout: repliesWithin,
    },
    notes: [
      'Shows the queues that the broker names and those that workers consume. A RabbitMQ without its management API names none: give those that nobody consumes with -Q. Messages that workers hold count as unacked; on Redis those that wait for their time (ETA) are among them.',
      'To --peek, RabbitMQ hands the messages out and takes them back at once: they are marked as redelivered, and a quorum queue counts that towards its delivery limit. On Redis and the filesystem nothing changes. Pickled messages are named and never unpickled.',
    ],
    examples: ['celeriac queues', 'celeriac queues -Q emails --json', 'celeriac queues --peek emails'],
    load: async () => (await import('../commands/queues.ts')).runQueues,
  },
  result: {
    summary: 'What became of a task, from the result backend',
    argument: { name: 'ID', what: 'the id of a task' },
    options: {
      backend: "the result backend, as Celery's result_backend",
      wait: 'wait until the task has ended',
      timeout: 'with --wait: for so many seconds at most (default: no limit)',
    },
    notes: [
      'Reads Redis, folders (file://) and SQLite files (db+sqlite://). Without --backend, the backend is that of --config, else CELERY_RESULT_BACKEND, else the broker if that is Redis. Pickled results are never unpickled.',
    ],
    examples: [
      'celeriac result 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --wait',
      'celeriac result 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --backend file:///results',
    ],
    load: async () => (await import('../commands/result.ts')).runResult,
  },
  send: {
    summary: 'Send a task',
    argument: { name: 'NAME', what: 'the name of a task, such as emails.send' },
    options: {
      args: 'its positional arguments, a JSON array',
      kwargs: 'its keyword arguments, a JSON object',
      queue: `the queue (default ${defaults.queue})`,
      eta: 'not before this time, such as 2030-01-31T09:00:00+01:00; without an offset, by the clock of this machine',
      countdown: 'not before so many seconds from now',
      expires: 'not after this time, or so many seconds from now',
      priority: 'its priority, from 0 to 255: Redis takes 0 first, RabbitMQ the highest, in queues with x-max-priority',
      id: 'an id of your own',
      timeout: repliesWithin,
      force: 'send it even if no worker knows the task or consumes the queue; --yes does the same',
      yes: 'send it without asking',
    },
    notes: [
      'Prints the id. Asks the workers first: when none of those that answer knows the task or consumes the queue, it shows the nearest names and asks on a terminal; elsewhere it sends nothing unless --force is given.',
    ],
    examples: [
      'celeriac send emails.send --args "[42]" --queue emails',
      'celeriac send reports.nightly --countdown 60 --expires 600',
    ],
    load: async () => (await import('../commands/send.ts')).runSend,
  },
  revoke: {
    summary: 'Have the workers skip tasks',
    argument: { name: '[ID…]', what: 'the ids of tasks', more: '', isOptional: true },
    options: {
      query: 'all tasks that match, such as state:RECEIVED name:orders.*, and have not ended; listens first',
      seconds: `with --query: ${listening}`,
      'dry-run': 'with --query: show how many match and the first ten, and send nothing',
      rate: 'with --query: so many a second, such as 20/s',
      terminate: 'also end the process that runs such a task',
      signal: 'with --terminate: the signal that ends it, such as KILL (default TERM)',
      timeout: repliesWithin,
      yes,
    },
    notes: [
      'On a terminal it says where the tasks are and asks; elsewhere it needs --yes. Workers remember revoked ids until they are restarted, unless they have a --statedb; one that is down meanwhile learns of them only from the others. A worker believes every id, also one that never was: look twice.',
    ],
    examples: [
      'celeriac revoke 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --terminate --yes',
      `celeriac revoke --query 'state:RECEIVED name:reports.*' --dry-run`,
    ],
    load: async () => (await import('../commands/revoke.ts')).runRevoke,
  },
  purge: {
    summary: 'Delete the messages that wait in queues',
    options: { queue: 'this queue; may be repeated, or names separated by commas', yes },
    notes: [
      'On a terminal it says how many messages there are and asks; elsewhere it needs --yes. There is no way back. What workers have fetched already stays with them.',
    ],
    examples: ['celeriac purge -Q emails', 'celeriac purge -Q emails,reports --yes'],
    load: async () => (await import('../commands/purge.ts')).runPurge,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
