import type { RunCommand } from './context.ts';
import { defaults } from './defaults.ts';
import type { OptionName } from './options.ts';

/** One command as people see it. Its code is loaded only when it runs, so that the help costs nothing. */
export interface CommandSpec {
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly what: string };
  /** Its options beside the global ones, with what they do. */
  readonly options: Partial<Record<OptionName, string>>;
  /** Paragraphs and examples below the options. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  readonly load: () => Promise<RunCommand>;
}

const listening = `listen for so many seconds (default ${defaults.listenSeconds})`;
const maxTasks = `remember at most so many tasks (default ${defaults.maxTasks}); finished ones are forgotten first`;

export const commands = {
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
    load: async () => (await import('./commands/status.ts')).runStatus,
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
    load: async () => (await import('./commands/events.ts')).runEvents,
  },
  tasks: {
    summary: 'A table of tasks',
    options: {
      state: 'only tasks in this state, such as FAILURE; may be repeated',
      name: 'only tasks of this name; * stands for anything; may be repeated',
      worker: 'only tasks of this worker; * stands for anything; may be repeated',
      queue: 'only tasks of this queue; * stands for anything; may be repeated',
      search: 'only tasks with this text in arguments, result or exception, or whose id begins with it',
      sort: 'sort by this column, such as runtime, or runtime:asc (default updated, latest first)',
      limit: `show so many at most (default ${defaults.taskLimit})`,
      seconds: listening,
      from: 'read recorded events from this file instead (- is standard input)',
      'max-tasks': maxTasks,
    },
    notes: ['Nobody keeps a list of past tasks, so it listens first and shows the tasks it heard of.'],
    examples: ['celeriac tasks --state FAILURE --seconds 30', 'celeriac tasks --from recorded.jsonl --sort runtime'],
    load: async () => (await import('./commands/tasks.ts')).runTasks,
  },
  task: {
    summary: 'Everything known of one task',
    argument: { name: 'ID', what: 'the id of a task, or its beginning' },
    options: { seconds: listening, from: 'read recorded events from this file instead (- is standard input)' },
    notes: ['Listens until the task has come to its end, or until the time is over.'],
    examples: ['celeriac task 3f2a9c1e --seconds 60'],
    load: async () => (await import('./commands/task.ts')).runTask,
  },
  snapshot: {
    summary: 'Everything known after listening for a while',
    options: { seconds: listening, 'max-tasks': maxTasks },
    notes: ['With --json: workers, tasks and counters with the names and values that Celery uses itself.'],
    examples: ['celeriac snapshot --seconds 30 --json > state.json'],
    load: async () => (await import('./commands/snapshot.ts')).runSnapshot,
  },
  replay: {
    summary: 'Everything that recorded events tell',
    argument: { name: 'FILE', what: 'a file of recorded events (- is standard input)' },
    options: { 'max-tasks': maxTasks },
    notes: [
      'One JSON object a line, as "celeriac events --json" writes it. "local_received" is the time of its arrival in seconds; without it, the event\'s own timestamp counts. Needs no broker.',
    ],
    examples: ['celeriac replay recorded.jsonl --json', 'zcat recorded.jsonl.gz | celeriac replay -'],
    load: async () => (await import('./commands/replay.ts')).runReplay,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof commands;

/** What may be typed; `help` has no code of its own. */
export const commandNames: readonly string[] = [...Object.keys(commands), 'help'];

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(commands, word);

export const globalOptions = {
  broker: "the broker, as Celery's broker_url",
  'transport-option': "one of Celery's broker_transport_options; dots nest; may be repeated",
  config: "a JSON file with Celery's broker_url, broker_transport_options and broker_use_ssl",
  'tls-ca': 'the certificate authority of the broker (PEM)',
  'tls-cert': 'the client certificate (PEM)',
  'tls-key': 'the key of the client certificate (PEM)',
  json: 'print JSON instead of text',
  help: 'show this text, or that of a command',
  version: 'show the version',
} as const satisfies Partial<Record<OptionName, string>>;
