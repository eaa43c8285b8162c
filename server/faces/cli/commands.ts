import { signatureOf, specOf } from '../../celery/controlCommands.ts';
import type { RunCommand } from './context.ts';
import { defaults } from './defaults.ts';
import { methodsOf } from './methods.ts';
import type { OptionName } from './options.ts';

/** One command as people see it. Its code is loaded only when it runs, so that the help costs nothing. */
export interface CommandSpec {
  readonly summary: string;
  /** `more` is what may follow it. */
  readonly argument?: {
    readonly name: string;
    readonly what: string;
    readonly more?: string;
    readonly isOptional?: boolean;
  };
  /** Its options beside the global ones, with what they do. */
  readonly options: Partial<Record<OptionName, string>>;
  /** Paragraphs and examples below the options. */
  readonly notes: readonly string[];
  readonly examples: readonly string[];
  /** What its argument can be, each with what it does. */
  readonly choices?: { readonly title: string; readonly rows: () => readonly (readonly [string, string])[] };
  readonly load: () => Promise<RunCommand>;
}

const listening = `listen for so many seconds (default ${defaults.listenSeconds})`;
const taskFilters = {
  state: 'only tasks in this state, such as FAILURE; may be repeated',
  name: 'only tasks of this name; * stands for anything; may be repeated',
  worker: 'only tasks of this worker; * stands for anything; may be repeated',
  queue: 'only tasks of this queue; * stands for anything; may be repeated',
  search: 'only tasks with this text in arguments, result or exception, or whose id begins with it',
  sort: 'sort by this column, such as runtime, or runtime:asc (default updated, latest first)',
  limit: `show so many at most (default ${defaults.taskLimit})`,
};
const maxTasks = `remember at most so many tasks (default ${defaults.maxTasks}); finished ones are forgotten first`;

const destination = 'only this worker; may be repeated, or names separated by commas; * stands for anything';
const repliesWithin = `wait so many seconds at most for workers to answer (default ${defaults.answerSeconds})`;
const yes = 'do not ask; needed where nobody can be asked';
const whoAnswers =
  'Ends as soon as everybody has answered. Redis and the filesystem broker tell how many workers there are; RabbitMQ tells it only by its management API. Without that, those are waited for that answer a call for heartbeats, until nobody new has done so for 0.3 s. A worker that is too busy for it is missing: name it with -d.';
const celeryJson =
  "With --json: what Celery's own command prints. Passwords in settings are replaced by ********. Who refused is in it; who did not answer is said on stderr.";

const choicesOf = (group: 'inspect' | 'control') => ({
  title: group === 'inspect' ? 'Methods' : 'Commands',
  rows: () => methodsOf(group).map((method) => [signatureOf(method), specOf(method).help] as const),
});

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
    load: async () => (await import('./commands/health.ts')).runHealth,
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
      ...taskFilters,
      seconds: listening,
      from: 'read recorded events from this file instead (- is standard input)',
      'max-tasks': maxTasks,
    },
    notes: ['Nobody keeps a list of past tasks, so it listens first and shows the tasks it heard of.'],
    examples: ['celeriac tasks --state FAILURE --seconds 30', 'celeriac tasks --from recorded.jsonl --sort runtime'],
    load: async () => (await import('./commands/tasks.ts')).runTasks,
  },
  discover: {
    summary: 'The brokers that the files of a project name',
    argument: { name: '[FOLDER]', what: 'the folder of a project (default: this one)', isOptional: true },
    options: {},
    notes: [
      'Reads .env and Compose files, Celery, Django, Flask and pydantic settings, pyproject.toml and the environment. Nothing is run, nothing is connected to; passwords are masked.',
    ],
    examples: ['celeriac discover', 'celeriac discover ~/shop --json'],
    load: async () => (await import('./commands/discover.ts')).runDiscover,
  },
  history: {
    summary: 'Tasks that the extension has kept on disk',
    argument: { name: 'FILE', what: 'a .history.sqlite file of the extension' },
    options: taskFilters,
    notes: [
      'The extension keeps ended tasks for seven days, one file per connection, in its storage folder (globalStorage/celeriac.celeriac beside the settings of VS Code). It may go on writing while this reads.',
    ],
    examples: ['celeriac history shop-1f2e3d4c5b.history.sqlite --state FAILURE'],
    load: async () => (await import('./commands/history.ts')).runHistory,
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
  inspect: {
    summary: 'Ask the workers',
    argument: { name: 'METHOD', what: 'what to ask the workers, such as active', more: '[ARGUMENT…]' },
    choices: choicesOf('inspect'),
    options: { destination, timeout: `${repliesWithin}; objgraph: 60` },
    notes: [whoAnswers, 'Arguments stand in the order shown, as with Celery, or anywhere as name=value.', celeryJson],
    examples: ['celeriac inspect active', 'celeriac inspect conf with_defaults=yes -d celery@web1 --json'],
    load: async () => (await import('./commands/askWorkers.ts')).runInspect,
  },
  control: {
    summary: 'Tell the workers what to do',
    argument: { name: 'COMMAND', what: 'what to tell the workers, such as pool_grow', more: '[ARGUMENT…]' },
    choices: choicesOf('control'),
    options: { destination, timeout: `${repliesWithin}; shutdown: 10`, yes },
    notes: [
      'On a terminal it asks first; elsewhere it needs --yes. Only heartbeat changes nothing and asks nobody.',
      whoAnswers,
      'Arguments stand in the order shown, as with Celery, or anywhere as name=value.',
      `${celeryJson} Nobody answers a shutdown: here a worker has answered when it has said goodbye.`,
    ],
    examples: [
      'celeriac control pool_grow 2 -d celery@web1 --yes',
      'celeriac control rate_limit emails.send 100/m --yes',
    ],
    load: async () => (await import('./commands/askWorkers.ts')).runControl,
  },
  queues: {
    summary: 'Queues, how full they are, and who consumes them',
    options: {
      queue: 'only this queue, even if nobody consumes it; * stands for anything; may be repeated',
      peek: 'instead, the messages at the head of this queue; they stay there',
      limit: 'with --peek: so many messages at most (default 10)',
      timeout: repliesWithin,
    },
    notes: [
      'Shows the queues that the broker names and those that workers consume. A RabbitMQ without its management API names none: give those that nobody consumes with -Q. Messages that workers hold count as unacked; on Redis those that wait for their time (ETA) are among them.',
      'To --peek, RabbitMQ hands the messages out and takes them back at once: they are marked as redelivered, and a quorum queue counts that towards its delivery limit. On Redis and the filesystem nothing changes. Pickled messages are named and never unpickled.',
    ],
    examples: ['celeriac queues', 'celeriac queues -Q emails --json', 'celeriac queues --peek emails'],
    load: async () => (await import('./commands/queues.ts')).runQueues,
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
    load: async () => (await import('./commands/result.ts')).runResult,
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
      yes: 'send it even if no worker knows the task or consumes the queue',
    },
    notes: [
      'Prints the id. Does not ask first: what is sent has been typed in full, and nothing that exists changes. It does ask the workers, and sends nothing when none of those that answer knows the task or consumes the queue.',
    ],
    examples: [
      'celeriac send emails.send --args "[42]" --queue emails',
      'celeriac send reports.nightly --countdown 60 --expires 600',
    ],
    load: async () => (await import('./commands/send.ts')).runSend,
  },
  revoke: {
    summary: 'Have the workers skip tasks',
    argument: { name: 'ID', what: 'the id of a task', more: '[ID…]' },
    options: {
      terminate: 'also end the process that runs such a task',
      signal: 'with --terminate: the signal that ends it, such as KILL (default TERM)',
      timeout: repliesWithin,
      yes,
    },
    notes: [
      'On a terminal it says where the tasks are and asks; elsewhere it needs --yes. Workers remember revoked ids until they are restarted, unless they have a --statedb; one that is down meanwhile learns of them only from the others. A worker believes every id, also one that never was: look twice.',
    ],
    examples: ['celeriac revoke 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33 --terminate --yes'],
    load: async () => (await import('./commands/revoke.ts')).runRevoke,
  },
  purge: {
    summary: 'Delete the messages that wait in queues',
    options: { queue: 'this queue; may be repeated, or names separated by commas', yes },
    notes: [
      'On a terminal it says how many messages there are and asks; elsewhere it needs --yes. There is no way back. What workers have fetched already stays with them.',
    ],
    examples: ['celeriac purge -Q emails', 'celeriac purge -Q emails,reports --yes'],
    load: async () => (await import('./commands/purge.ts')).runPurge,
  },
  serve: {
    summary: 'Health, metrics and a REST API over HTTP',
    options: {
      host: `listen at this address (default ${defaults.host}); another than this machine's own needs a token`,
      port: `listen at this port (default ${defaults.port}; 0: any free one)`,
      'allow-write': 'let requests change the cluster: control, send, revoke, purge',
      'token-file': 'ask clients for the token in this file; the environment variable CELERIAC_TOKEN does the same',
      'trusted-header': 'a header that a proxy in front sets for whoever it has let in, in place of a token',
      'allowed-host': 'answer to this name as well, beside localhost and --host; * to any; may be repeated',
      compat: 'name the metrics as celery-exporter or flower do',
      'max-series': `at most so many sets of label values a metric; the rest is "other" (default ${defaults.maxSeries})`,
      otlp: 'also send metrics, and a trace for each workflow, to this OpenTelemetry receiver (OTLP over HTTP, JSON)',
      'otlp-share': 'with --otlp: the share of traces that is sent, from 0 to 1 (default 1)',
      'max-tasks': maxTasks,
    },
    notes: [
      'GET /livez, /readyz, /metrics, /api/v1/health and more: /api/v1/openapi.json tells all. Only reads, unless --allow-write is given. Runs until Ctrl-C or SIGTERM; while the broker is away it keeps trying, and /readyz says why.',
      'OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_HEADERS are taken from the environment.',
    ],
    examples: [
      'celeriac serve --broker redis://localhost:6379/0',
      'celeriac serve --host 0.0.0.0 --token-file token --compat flower',
    ],
    load: async () => (await import('./commands/serve.ts')).runServe,
  },
  export: {
    summary: 'Dashboards for Grafana and alerting rules for Prometheus',
    argument: { name: 'WHAT', what: 'grafana (three dashboards) or alert-rules', more: '[FOLDER]' },
    options: {},
    notes: [
      'For the metrics of "celeriac serve", without --compat. The rules are the health rules that "celeriac health" judges by. Writes files into FOLDER, or here, over those of the same names.',
    ],
    examples: ['celeriac export grafana dashboards', 'celeriac export alert-rules /etc/prometheus'],
    load: async () => (await import('./commands/export.ts')).runExport,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof commands;

/** What may be typed; `help` has no code of its own. */
export const commandNames: readonly string[] = [...Object.keys(commands), 'help'];

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(commands, word);

export const globalOptions = {
  broker: "the broker, as Celery's broker_url",
  'transport-option': "one of Celery's broker_transport_options; dots nest; may be repeated",
  config:
    "a JSON file with Celery's broker_url, broker_transport_options, broker_use_ssl, result_backend and result_backend_transport_options",
  'tls-ca': 'the certificate authority of the broker, or of a Redis result backend (PEM)',
  'tls-cert': 'the client certificate (PEM)',
  'tls-key': 'the key of the client certificate (PEM)',
  json: 'print JSON instead of text',
  help: 'show this text, or that of a command',
  version: 'show the version',
} as const satisfies Partial<Record<OptionName, string>>;
