import type { ArgumentKind, ControlArgument } from '../api/control.ts';

export interface ControlCommandSpec {
  /** `inspect` asks, `control` tells, as Celery sorts them itself. */
  readonly group: 'inspect' | 'control';
  /** Whether anything is different afterwards. */
  readonly writes: boolean;
  readonly help: string;
  /** In the order of Celery's own command line; the last takes all that follows when its kind is a plural. */
  readonly positional: readonly ControlArgument[];
  /** What can only be given by name. */
  readonly named: readonly ControlArgument[];
  /** How long an answer may take when it takes longer than those of the others. */
  readonly timeoutSeconds?: number;
}

const inspects = (
  help: string,
  positional: readonly ControlArgument[] = [],
  named: readonly ControlArgument[] = [],
): ControlCommandSpec => ({ group: 'inspect', writes: false, help, positional, named });

const tells = (
  help: string,
  positional: readonly ControlArgument[] = [],
  named: readonly ControlArgument[] = [],
): ControlCommandSpec => ({ group: 'control', writes: true, help, positional, named });

const terminate: ControlArgument = {
  name: 'terminate',
  kind: 'boolean',
  help: 'also end the process that runs such a task',
};
const signal: ControlArgument = { name: 'signal', kind: 'signal', help: 'the signal that ends it, TERM without it' };
const taskIds: ControlArgument = { name: 'task_id', kind: 'texts', help: 'ids of tasks', isRequired: true };
const taskName: ControlArgument = { name: 'task_name', kind: 'text', help: 'the name of a task', isRequired: true };
const queue: ControlArgument = { name: 'queue', kind: 'text', help: 'the name of a queue', isRequired: true };
const poolSize: ControlArgument = { name: 'n', kind: 'integer', help: 'how many, 1 without it', least: 1 };

/**
 * Everything that a worker can be asked or told, after celery/worker/control.py. Left out: `hello`, which workers say to
 * one another, and `election`, which can crash a lone worker.
 */
const controlCommands = {
  active: inspects(
    'Tasks that run',
    [],
    [{ name: 'safe', kind: 'boolean', help: 'arguments as text instead of their values' }],
  ),
  active_queues: inspects('Queues that the workers consume'),
  clock: inspects('The logical clock'),
  conf: inspects('The settings', [
    { name: 'with_defaults', kind: 'boolean', help: 'also those that were left as they are' },
  ]),
  memdump: inspects('What earlier memory samples showed', [
    { name: 'samples', kind: 'integer', help: 'how many, 10 without it; Celery 5 always takes 10', least: 1 },
  ]),
  memsample: inspects('Takes a sample of the memory in use (the worker needs psutil)'),
  objgraph: {
    ...inspects('Draws what holds objects in memory into a PNG file at the worker (which needs objgraph)', [
      { name: 'type', kind: 'text', help: 'the type of the objects, Request without it' },
      { name: 'num', kind: 'integer', help: 'how many objects at most, 200 without it', least: 1 },
      { name: 'max_depth', kind: 'integer', help: 'how deep, 10 without it', least: 1 },
    ]),
    timeoutSeconds: 60,
  },
  ping: inspects('Whether the workers are there'),
  query_task: inspects('Where tasks are that a worker holds', [
    { name: 'ids', kind: 'texts', help: 'ids of tasks', isRequired: true },
  ]),
  registered: inspects(
    'Tasks that the workers know',
    [{ name: 'taskinfoitems', kind: 'texts', help: 'attributes to show, such as rate_limit' }],
    [{ name: 'builtins', kind: 'boolean', help: "also Celery's own tasks" }],
  ),
  report: inspects('Versions and settings, as for a bug report'),
  reserved: inspects('Tasks that were fetched and do not run yet'),
  revoked: inspects('Ids of revoked tasks that the workers remember'),
  scheduled: inspects('Tasks that wait for their time'),
  stats: inspects('Pool, broker, counts and use of resources'),
  add_consumer: tells('Has the workers consume a queue', [
    queue,
    { name: 'exchange', kind: 'text', help: 'its exchange, that of the same name without it' },
    { name: 'exchange_type', kind: 'text', help: 'the type of the exchange, direct without it' },
    { name: 'routing_key', kind: 'text', help: 'its routing key, the name of the queue without it' },
  ]),
  autoscale: tells('Sets the limits of the autoscaler', [
    { name: 'max', kind: 'integer', help: 'the most processes', least: 0 },
    { name: 'min', kind: 'integer', help: 'the fewest processes', least: 0 },
  ]),
  cancel_consumer: tells('Has the workers leave a queue', [queue]),
  disable_events: tells('Switches task events off'),
  enable_events: tells('Switches task events on'),
  heartbeat: { ...tells('Has the workers send a heartbeat at once'), writes: false },
  pool_grow: tells('Adds processes or threads to the pool', [poolSize]),
  pool_restart: tells(
    'Starts the processes of the pool anew (the app must allow it: worker_pool_restarts)',
    [],
    [
      { name: 'modules', kind: 'texts', help: 'a module to import; may be repeated' },
      { name: 'reload', kind: 'boolean', help: 'import modules anew that are imported already' },
    ],
  ),
  pool_shrink: tells('Takes processes or threads from the pool', [poolSize]),
  rate_limit: tells('Limits how often a task may start at each worker', [
    taskName,
    { name: 'rate_limit', kind: 'rate', help: 'such as 10/s, 100/m or 5/h; 0 lifts the limit', isRequired: true },
  ]),
  revoke: tells('Has the workers skip tasks', [taskIds], [terminate, signal]),
  revoke_by_stamped_headers: tells(
    'Has the workers skip tasks that bear a stamp',
    [{ name: 'headers', kind: 'stamps', help: 'stamps, such as tenant=acme', isRequired: true }],
    [terminate, signal],
  ),
  shutdown: tells('Ends the workers once their tasks are done'),
  terminate: tells('Ends the processes that run tasks', [
    { ...signal, help: 'such as TERM or KILL', isRequired: true },
    taskIds,
  ]),
  time_limit: tells('Limits how long a task may run', [
    taskName,
    { name: 'soft', kind: 'number', help: 'seconds until the task is warned', isRequired: true, least: 0 },
    { name: 'hard', kind: 'number', help: 'seconds until its process is killed', least: 0 },
  ]),
} as const satisfies Readonly<Record<string, ControlCommandSpec>>;

export type ControlMethod = keyof typeof controlCommands;

export const controlMethods = Object.keys(controlCommands) as readonly ControlMethod[];

export const isControlMethod = (name: string): name is ControlMethod => Object.hasOwn(controlCommands, name);

/** Every text that describes a command or an argument, for translators. */
export const helpTexts = (): readonly string[] =>
  controlMethods.flatMap((method) => {
    const { help, positional, named } = specOf(method);
    return [help, ...[...positional, ...named].map((argument) => argument.help)];
  });

export const specOf = (method: ControlMethod): ControlCommandSpec => controlCommands[method];

/** "rate_limit TASK_NAME RATE_LIMIT", "revoke TASK_ID… [terminate=yes] [signal=SIGNAL]". */
export const signatureOf = (method: ControlMethod): string => {
  const { positional, named } = specOf(method);
  const words = positional.map(({ name, kind, isRequired }) => {
    const word = `${name.toUpperCase()}${isPlural(kind) ? '…' : ''}`;
    return isRequired ? word : `[${word}]`;
  });
  const pairs = named.map(({ name, kind }) => `[${name}=${kind === 'boolean' ? 'yes' : name.toUpperCase()}]`);
  return [method, ...words, ...pairs].join(' ');
};

/** Whether it takes any number of values. */
export const isPlural = (kind: ArgumentKind): boolean => kind === 'texts' || kind === 'stamps';
