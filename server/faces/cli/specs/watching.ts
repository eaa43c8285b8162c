import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { listening, maxTasks, output, taskFilters } from './phrases.ts';
import { queryArgument, queryNotes } from './queryHelp.ts';

/** Commands that look at a cluster, or at what was recorded of it. */
export const watching = {
  status: {
    summary: 'Workers, queues and rates in one screen',
    options: {
      watch: 'keep the screen up to date, once a second, until Ctrl-C',
      seconds: 'listen for so many seconds first, for counts and rates',
      timeout: `wait so many seconds at most for workers to answer (default ${defaults.answerSeconds})`,
    },
    notes: [
      'Asks every worker for a heartbeat and returns as soon as all have answered. Counts and rates need some listening: use --seconds or --watch. With --watch --json, each second is one line.',
    ],
    examples: ['celeriac status --broker redis://localhost:6379/0', 'celeriac status --watch'],
    load: async () => (await import('../commands/status.ts')).runStatus,
  },
  top: {
    summary: 'A full screen of tasks, workers, queues, failures and alerts, with keys',
    argument: queryArgument,
    options: { 'max-tasks': maxTasks },
    notes: [
      'Needs a terminal of at least 80 columns and 24 lines, and no colour. While the broker is away it keeps what it has, and tries again. Press ? for the keys. Revoking and retrying a task ask first.',
      'The query filters the tasks at the start; "celeriac tasks --help" says how to write one.',
    ],
    examples: ['celeriac top', 'celeriac top state:FAILURE'],
    load: async () => (await import('../commands/top.ts')).runTop,
  },
  health: {
    summary: 'Whether the cluster is well, and what to do if not',
    options: {
      verbose: 'also show advice, and every rule with its worst figure and its limit',
      seconds: 'listen for so many seconds first, for rates, waits and growth',
      timeout: `wait so many seconds at most for workers to answer (default ${defaults.answerSeconds})`,
    },
    notes: [
      'Asks the workers and the broker once; it changes nothing. What a rule wants to last counts as if it had, and what one look cannot show is said.',
      'Exit codes of its own: 0 healthy, 1 degraded, 2 unhealthy, 3 could not tell, such as when the broker cannot be reached. With --json: level, reasons, advice, and each rule.',
    ],
    examples: ['celeriac health', 'celeriac health --seconds 60 --verbose'],
    load: async () => (await import('../commands/health.ts')).runHealth,
  },
  events: {
    summary: 'The live stream of events, one line each',
    options: {
      type: 'only events of this type, such as task-failed or task-*; may be repeated',
      worker: 'only events of this worker; may be repeated',
      seconds: 'end after so many seconds',
      limit: 'end after so many events',
    },
    notes: [
      'With --json each line is the event as it was received, plus "local_received", its arrival time in seconds: feed it to "celeriac replay". While the broker is away it keeps trying.',
    ],
    examples: ['celeriac events --type "task-*"', 'celeriac events --json --seconds 60 > recorded.jsonl'],
    load: async () => (await import('../commands/events.ts')).runEvents,
  },
  tasks: {
    summary: 'A table of tasks',
    argument: queryArgument,
    options: {
      ...taskFilters,
      seconds: listening,
      from: 'read recorded events from this file instead (- is standard input)',
      'max-tasks': maxTasks,
    },
    notes: [
      'Celery keeps no list of past tasks, so this listens first and shows the tasks it heard of.',
      ...queryNotes,
    ],
    examples: [
      'celeriac tasks state:FAILURE name:orders.* --seconds 30',
      `celeriac tasks 'runtime:>5s OR wait:>1m' -name:celery.*`,
      'celeriac tasks --from recorded.jsonl --sort runtime',
    ],
    load: async () => (await import('../commands/tasks.ts')).runTasks,
  },
  discover: {
    summary: 'The brokers that the files of a project name',
    argument: { name: '[FOLDER]', what: 'the folder of a project (default: this one)', isOptional: true },
    options: { output },
    notes: [
      'Reads .env and Compose files, Celery, Django, Flask and pydantic settings, pyproject.toml and the environment. Nothing is run, nothing is connected to; passwords are masked.',
    ],
    examples: ['celeriac discover', 'celeriac discover ~/shop --json'],
    load: async () => (await import('../commands/discover.ts')).runDiscover,
  },
  history: {
    summary: 'Tasks that the extension or "celeriac serve" has kept on disk',
    argument: { name: 'FILE', what: 'a .history.sqlite file', more: '[QUERY…]' },
    options: taskFilters,
    notes: [
      'The extension keeps ended tasks for seven days, one file per connection, in its storage folder (globalStorage/celeriac.celeriac beside the settings of VS Code); "celeriac serve" does so in the folder of --history. Both may go on writing while this reads.',
    ],
    examples: ['celeriac history shop-1f2e3d4c5b.history.sqlite state:FAILURE'],
    load: async () => (await import('../commands/history.ts')).runHistory,
  },
  task: {
    summary: 'Everything known of one task',
    argument: { name: 'ID', what: 'the id of a task, or its beginning' },
    options: { seconds: listening, from: 'read recorded events from this file instead (- is standard input)' },
    notes: ['Listens until the task has come to its end, or until the time is over.'],
    examples: ['celeriac task 3f2a9c1e --seconds 60'],
    load: async () => (await import('../commands/task.ts')).runTask,
  },
  snapshot: {
    summary: 'Everything known after listening for a while',
    options: { seconds: listening, 'max-tasks': maxTasks },
    notes: ['With --json: workers, tasks and counters with the names and values that Celery uses itself.'],
    examples: ['celeriac snapshot --seconds 30 --json > state.json'],
    load: async () => (await import('../commands/snapshot.ts')).runSnapshot,
  },
  replay: {
    summary: 'Everything that recorded events tell',
    argument: { name: 'FILE', what: 'a file of recorded events (- is standard input)' },
    options: { 'max-tasks': maxTasks },
    notes: [
      'One JSON object a line, as "celeriac events --json" writes it. "local_received" is the time of its arrival in seconds; without it, the event\'s own timestamp counts. Needs no broker.',
    ],
    examples: ['celeriac replay recorded.jsonl --json', 'zcat recorded.jsonl.gz | celeriac replay -'],
    load: async () => (await import('../commands/replay.ts')).runReplay,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
