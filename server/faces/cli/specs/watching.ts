import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { fromServer, listening, maxTasks, output, repliesWithin, savedFilter, taskFilters } from './phrases.ts';
import { queryArgument, queryNotes } from './queryHelp.ts';

/** Commands that show a cluster, live or recorded. */
export const watching = {
  status: {
    summary: 'Show workers, queues and rates on one screen',
    options: {
      watch: 'refresh the screen every second until Ctrl-C',
      seconds: 'seconds to listen first, for counts and rates',
      timeout: `maximum seconds to wait for replies from workers (default ${defaults.answerSeconds})`,
      ...fromServer,
    },
    notes: [
      'Asks every worker for a heartbeat and returns as soon as all have answered. For counts and rates, use --seconds or --watch. With --watch --json, prints one line per second.',
    ],
    examples: [
      'celeriac status --broker redis://localhost:6379/0',
      'celeriac status --watch',
      'celeriac status --server http://localhost:9808',
    ],
    load: async () => (await import('../commands/status.ts')).runStatus,
  },
  workers: {
    summary: 'List workers with their load',
    options: { seconds: 'seconds to listen first, for rates', timeout: repliesWithin, output, ...fromServer },
    notes: ['Asks every worker for a heartbeat and returns as soon as all have answered.'],
    examples: ['celeriac workers', 'celeriac workers --server http://localhost:9808 --output csv'],
    load: async () => (await import('../commands/workers.ts')).runWorkers,
  },
  failures: {
    summary: 'List failed tasks, grouped by cause',
    options: {
      seconds: listening,
      limit: `maximum number of rows (default ${defaults.taskLimit})`,
      output,
      ...fromServer,
    },
    notes: [
      'Listens first and shows the failures of that time. A server shows those since its start, and those in its history.',
    ],
    examples: ['celeriac failures --seconds 60', 'celeriac failures --server http://localhost:9808'],
    load: async () => (await import('../commands/failures.ts')).runFailures,
  },
  top: {
    summary: 'Browse tasks, workers, queues, failures and alerts on a full screen',
    argument: queryArgument,
    options: { filter: savedFilter, 'max-tasks': maxTasks },
    notes: [
      'Requires a terminal of at least 80 columns and 24 lines; works without colour. While the broker is unreachable, the data stays on the screen and the command keeps reconnecting. Press ? for the keys. Revoking and retrying a task ask for confirmation.',
      'The query is the initial filter for tasks; "celeriac tasks --help" describes its syntax.',
    ],
    examples: ['celeriac top', 'celeriac top state:FAILURE'],
    load: async () => (await import('../commands/top.ts')).runTop,
  },
  health: {
    summary: 'Check the health of the cluster and recommend actions',
    options: {
      verbose: 'also show advice and every rule with its worst value and threshold',
      seconds: 'seconds to listen first, for rates, wait times and growth',
      timeout: `maximum seconds to wait for replies from workers (default ${defaults.answerSeconds})`,
      ...fromServer,
    },
    notes: [
      'Asks the workers and the broker once and changes nothing. Rules that require a duration count as if it had passed. Rules that a single check cannot evaluate are listed.',
      'Exit codes: 0 healthy, 1 degraded, 2 unhealthy, 3 unknown, for example if the broker cannot be reached. With --json: level, reasons, advice and each rule.',
    ],
    examples: ['celeriac health', 'celeriac health --seconds 60 --verbose'],
    load: async () => (await import('../commands/health.ts')).runHealth,
  },
  events: {
    summary: 'Stream events, one per line',
    options: {
      type: 'only events of this type, such as task-failed or task-*; may be repeated',
      worker: 'only events of this worker; may be repeated',
      seconds: 'seconds to run (default: until Ctrl-C)',
      limit: 'number of events to print (default: no limit)',
    },
    notes: [
      'With --json, each line is the event as received plus "local_received", its arrival time in seconds; "celeriac replay" reads this format. While the broker is unreachable, the command keeps reconnecting.',
    ],
    examples: ['celeriac events --type "task-*"', 'celeriac events --json --seconds 60 > recorded.jsonl'],
    load: async () => (await import('../commands/events.ts')).runEvents,
  },
  tasks: {
    summary: 'List tasks in a table',
    argument: queryArgument,
    options: {
      ...taskFilters,
      seconds: listening,
      from: 'read recorded events from this file instead (- for standard input)',
      'max-tasks': maxTasks,
      ...fromServer,
    },
    notes: [
      'Celery keeps no list of past tasks, so this command listens first and shows the tasks that it has seen.',
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
    summary: 'Find brokers in the files of a project',
    argument: { name: '[FOLDER]', what: 'the project folder (default: the current folder)', isOptional: true },
    options: { output },
    notes: [
      'Reads .env and Compose files, Celery, Django, Flask and pydantic settings, pyproject.toml and the environment. It runs nothing and connects to nothing; passwords are masked.',
    ],
    examples: ['celeriac discover', 'celeriac discover ~/shop --json'],
    load: async () => (await import('../commands/discover.ts')).runDiscover,
  },
  history: {
    summary: 'List tasks from a history file',
    argument: { name: 'FILE', what: 'a .history.sqlite file', more: '[QUERY…]' },
    options: taskFilters,
    notes: [
      'The extension keeps finished tasks for seven days, one file per connection, in its storage folder (globalStorage/celeriac.celeriac next to the VS Code settings); "celeriac serve" keeps them in the --history folder. Both can keep writing while this command reads.',
    ],
    examples: ['celeriac history shop-1f2e3d4c5b.history.sqlite state:FAILURE'],
    load: async () => (await import('../commands/history.ts')).runHistory,
  },
  task: {
    summary: 'Show all details of a task',
    argument: { name: 'ID', what: 'the task id or its first characters' },
    options: {
      seconds: listening,
      from: 'read recorded events from this file instead (- for standard input)',
      ...fromServer,
    },
    notes: ['Listens until the task has finished or the time is up.'],
    examples: ['celeriac task 3f2a9c1e --seconds 60'],
    load: async () => (await import('../commands/task.ts')).runTask,
  },
  snapshot: {
    summary: 'Listen, then print workers, tasks and counters',
    options: { seconds: listening, 'max-tasks': maxTasks },
    notes: ["With --json: workers, tasks and counters with Celery's own names and values."],
    examples: ['celeriac snapshot --seconds 30 --json > state.json'],
    load: async () => (await import('../commands/snapshot.ts')).runSnapshot,
  },
  replay: {
    summary: 'Print workers, tasks and counters from recorded events',
    argument: { name: 'FILE', what: 'a file of recorded events (- for standard input)' },
    options: { 'max-tasks': maxTasks },
    notes: [
      'The file contains one JSON object per line, as written by "celeriac events --json". "local_received" is the arrival time in seconds; without it, the timestamp of the event is used. No broker is needed.',
    ],
    examples: ['celeriac replay recorded.jsonl --json', 'zcat recorded.jsonl.gz | celeriac replay -'],
    load: async () => (await import('../commands/replay.ts')).runReplay,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
