import type { ArgumentKind, ControlArgument } from '../api/control.ts';

export interface ControlCommandSpec {
  /** `inspect` asks, `control` tells, as Celery sorts them itself. */
  readonly group: 'inspect' | 'control';
  /** Whether anything is different afterwards. */
  readonly writes: boolean;
  readonly help: string;
  /** Whether it is only a question, but one that leaves a file or spends what the worker keeps. */
  readonly leavesTraces?: boolean;
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
  help: 'Also terminate the process that runs the task',
};
const signal: ControlArgument = { name: 'signal', kind: 'signal', help: 'Signal (default: TERM)' };
const taskIds: ControlArgument = { name: 'task_id', kind: 'texts', help: 'Task IDs', isRequired: true };
const taskName: ControlArgument = { name: 'task_name', kind: 'text', help: 'Task name', isRequired: true };
const queue: ControlArgument = { name: 'queue', kind: 'text', help: 'Queue name', isRequired: true };
const processes = (help: string): ControlArgument => ({ name: 'n', kind: 'integer', help, least: 1 });

/**
 * Everything that a worker can be asked or told, after celery/worker/control.py. Left out: `hello`, which workers say to
 * one another, and `election`, which can crash a lone worker.
 */
const controlCommands = {
  active: inspects(
    'Running tasks',
    [],
    [{ name: 'safe', kind: 'boolean', help: 'Arguments as text instead of values' }],
  ),
  active_queues: inspects('Queues that workers consume from'),
  clock: inspects('Logical clock'),
  conf: inspects('Worker settings', [{ name: 'with_defaults', kind: 'boolean', help: 'Include default values' }]),
  memdump: {
    ...inspects('Memory samples taken so far', [
      { name: 'samples', kind: 'integer', help: 'Number of samples (default: 10; Celery 5 always shows 10)', least: 1 },
    ]),
    leavesTraces: true,
  },
  memsample: { ...inspects('Take a memory sample (requires psutil on the worker)'), leavesTraces: true },
  objgraph: {
    ...inspects('Draw an object graph into a PNG file on the worker (requires objgraph)', [
      { name: 'type', kind: 'text', help: 'Object type (default: Request)' },
      { name: 'num', kind: 'integer', help: 'Maximum number of objects (default: 200)', least: 1 },
      { name: 'max_depth', kind: 'integer', help: 'Maximum depth (default: 10)', least: 1 },
    ]),
    timeoutSeconds: 60,
    leavesTraces: true,
  },
  ping: inspects('Ping workers'),
  query_task: inspects('Find tasks on workers by ID', [
    { name: 'ids', kind: 'texts', help: 'Task IDs', isRequired: true },
  ]),
  registered: inspects(
    'Registered tasks',
    [{ name: 'taskinfoitems', kind: 'texts', help: 'Attributes to show, such as rate_limit' }],
    [{ name: 'builtins', kind: 'boolean', help: "Include Celery's built-in tasks" }],
  ),
  report: inspects('Versions and settings for a bug report'),
  reserved: inspects('Prefetched tasks that have not started'),
  revoked: inspects('IDs of revoked tasks'),
  scheduled: inspects('Tasks waiting for their ETA'),
  stats: inspects('Statistics: pool, broker, task counts and resource usage'),
  add_consumer: tells('Start consuming from a queue', [
    queue,
    { name: 'exchange', kind: 'text', help: 'Exchange (default: same as the queue)' },
    { name: 'exchange_type', kind: 'text', help: 'Exchange type (default: direct)' },
    { name: 'routing_key', kind: 'text', help: 'Routing key (default: same as the queue)' },
  ]),
  autoscale: tells('Set the limits of the autoscaler', [
    { name: 'max', kind: 'integer', help: 'Maximum number of processes', least: 0 },
    { name: 'min', kind: 'integer', help: 'Minimum number of processes', least: 0 },
  ]),
  cancel_consumer: tells('Stop consuming from a queue', [queue]),
  disable_events: tells('Turn off task events'),
  enable_events: tells('Turn on task events'),
  heartbeat: { ...tells('Send a heartbeat now'), writes: false },
  pool_grow: tells('Add processes or threads to the pool', [processes('Number of processes to add (default: 1)')]),
  pool_restart: tells(
    'Restart the pool processes (requires worker_pool_restarts)',
    [],
    [
      { name: 'modules', kind: 'texts', help: 'Module to import (can be repeated)' },
      { name: 'reload', kind: 'boolean', help: 'Reload modules that are already imported' },
    ],
  ),
  pool_shrink: tells('Remove processes or threads from the pool', [
    processes('Number of processes to remove (default: 1)'),
  ]),
  rate_limit: tells('Limit how often each worker starts a task', [
    taskName,
    {
      name: 'rate_limit',
      kind: 'rate',
      help: 'Rate such as 10/s, 100/m or 5/h; 0 removes the limit',
      isRequired: true,
    },
  ]),
  revoke: tells('Skip tasks', [taskIds], [terminate, signal]),
  revoke_by_stamped_headers: tells(
    'Skip tasks with a stamp',
    [{ name: 'headers', kind: 'stamps', help: 'Stamps such as tenant=acme', isRequired: true }],
    [terminate, signal],
  ),
  shutdown: tells('Shut down workers after their running tasks finish'),
  terminate: tells('Terminate the processes that run tasks', [
    { ...signal, help: 'Signal such as TERM or KILL', isRequired: true },
    taskIds,
  ]),
  time_limit: tells('Limit how long a task can run', [
    taskName,
    {
      name: 'soft',
      kind: 'number',
      help: 'Soft limit in seconds (raises SoftTimeLimitExceeded)',
      isRequired: true,
      least: 0,
    },
    { name: 'hard', kind: 'number', help: 'Hard limit in seconds (kills the process)', least: 0 },
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
