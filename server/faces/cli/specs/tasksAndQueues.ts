import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { fromServer, listening, output, repliesWithin, savedFilter, yes } from './phrases.ts';

/** Commands for queues, results and single tasks. */
export const tasksAndQueues = {
  queues: {
    summary: 'List queues with their length and consumers',
    options: {
      queue: 'only this queue, even without consumers; * matches any text; may be repeated',
      peek: 'show the messages at the head of this queue; they stay in the queue',
      limit: 'with --peek: maximum number of messages (default 10)',
      output,
      timeout: repliesWithin,
      ...fromServer,
    },
    notes: [
      'Lists the queues that the broker reports and those that workers consume. RabbitMQ without its management API reports none: name queues without consumers with -Q. Messages held by workers count as unacked; on Redis this includes messages waiting for their ETA.',
      'With --peek, RabbitMQ delivers the messages and requeues them at once: they are marked as redelivered, and a quorum queue counts this towards its delivery limit. On Redis and the filesystem nothing changes. Pickled messages are listed but never unpickled.',
    ],
    examples: ['celeriac queues', 'celeriac queues -Q emails --json', 'celeriac queues --peek emails'],
    load: async () => (await import('../commands/queues.ts')).runQueues,
  },
  result: {
    summary: 'Show the result of a task from the result backend',
    argument: { name: 'ID', what: 'the task id' },
    options: {
      backend: "the result backend, as Celery's result_backend",
      wait: 'wait until the task has finished',
      timeout: 'with --wait: maximum seconds to wait (default: no limit)',
    },
    notes: [
      'Supports Redis, folders (file://) and SQLite files (db+sqlite://). Without --backend, uses the backend in --config, then CELERY_RESULT_BACKEND, then the broker if it is Redis. Pickled results are never unpickled.',
    ],
    examples: [
      'celeriac result 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --wait',
      'celeriac result 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --backend file:///results',
    ],
    load: async () => (await import('../commands/result.ts')).runResult,
  },
  send: {
    summary: 'Send a task',
    argument: { name: 'NAME', what: 'the task name, such as emails.send' },
    options: {
      args: 'positional arguments as a JSON array',
      kwargs: 'keyword arguments as a JSON object',
      queue: `the queue (default ${defaults.queue})`,
      eta: 'earliest start, such as 2030-01-31T09:00:00+01:00; without an offset, in the local time zone',
      countdown: 'seconds to wait before the task may start',
      expires: 'latest start: a time, or a number of seconds from now',
      priority: 'priority from 0 to 255; on Redis 0 is the highest, on RabbitMQ 255 (in queues with x-max-priority)',
      id: 'the task id (default: a random one)',
      timeout: repliesWithin,
      force: 'send even if no worker knows the task or consumes the queue; same as --yes',
      yes: 'send without confirmation',
    },
    notes: [
      'Prints the task id. Checks with the workers first: if none of them knows the task or consumes the queue, the command suggests similar names and asks for confirmation on a terminal; elsewhere it sends nothing unless --force is given.',
    ],
    examples: [
      'celeriac send emails.send --args "[42]" --queue emails',
      'celeriac send reports.nightly --countdown 60 --expires 600',
    ],
    load: async () => (await import('../commands/send.ts')).runSend,
  },
  revoke: {
    summary: 'Revoke tasks so that workers skip them',
    argument: { name: '[ID…]', what: 'task ids', more: '', isOptional: true },
    options: {
      query: 'all unfinished tasks that match, such as state:RECEIVED name:orders.*; listens first',
      seconds: `with --query: ${listening}`,
      'dry-run': 'with --query: show the number of matches and the first ten, and revoke nothing',
      rate: 'with --query: maximum rate, such as 20/s',
      terminate: 'also terminate the process that runs the task',
      signal: 'with --terminate: the signal to send, such as KILL (default TERM)',
      timeout: repliesWithin,
      yes,
      filter: savedFilter,
      ...fromServer,
    },
    notes: [
      'Shows where the tasks are and asks for confirmation on a terminal; elsewhere it requires --yes. Workers keep revoked ids in memory until they restart, or beyond that with --statedb; a worker that is down in the meantime gets them only from other workers. Workers accept any id, even one that does not exist: check it first.',
    ],
    examples: [
      'celeriac revoke 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --terminate --yes',
      `celeriac revoke --query 'state:RECEIVED name:reports.*' --dry-run`,
    ],
    load: async () => (await import('../commands/revoke.ts')).runRevoke,
  },
  retry: {
    summary: 'Send failed tasks again',
    options: {
      query: 'all tasks that match and did not succeed, such as name:orders.* exception:*Timeout*',
      filter: savedFilter,
      seconds: listening,
      'dry-run': 'show the number of matches and the first ten, and send nothing',
      rate: 'maximum rate, such as 20/s',
      yes,
      ...fromServer,
    },
    notes: [
      'Listens first, unless a server is asked, which has them in memory. Shows the tasks and asks for confirmation on a terminal; elsewhere it requires --yes. Each task is sent with the same arguments under a new id, which is printed. Tasks whose arguments are shortened or are not plain values in their events are left out and counted. Ctrl-C stops between two tasks.',
    ],
    examples: [
      'celeriac retry --query exception:*Timeout* --seconds 60 --dry-run',
      'celeriac retry --filter stuck --server http://localhost:9808 --rate 5/s --yes',
    ],
    load: async () => (await import('../commands/retry.ts')).runRetry,
  },
  purge: {
    summary: 'Delete the waiting messages of queues',
    options: { queue: 'the queue to purge; may be repeated or a comma-separated list', yes },
    notes: [
      'Shows the number of messages and asks for confirmation on a terminal; elsewhere it requires --yes. This cannot be undone. Messages that workers have already fetched are not affected.',
    ],
    examples: ['celeriac purge -Q emails', 'celeriac purge -Q emails,reports --yes'],
    load: async () => (await import('../commands/purge.ts')).runPurge,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
