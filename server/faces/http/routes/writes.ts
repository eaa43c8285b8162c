import { isRecord } from '../../../celery/isRecord.ts';
import { wordOf } from '../../../celery/wordOf.ts';
import { purgeQueue } from '../../../desk/purgeQueue.ts';
import { type Revocation, revocation } from '../../../desk/revocation.ts';
import { checkTask, sendTask, type WantedTask } from '../../../desk/sendTask.ts';
import {
  type Addressed,
  readWorkerCommand,
  tellWorkers,
  usualTimeoutMs,
  type WorkerCommand,
} from '../../../desk/tellWorkers.ts';
import { answer } from '../answer.ts';
import type { Asker } from '../door.ts';
import type { BodyField, Route, RouteRequest, Served } from '../route.ts';
import { whoAsks } from '../whoAsks.ts';

const destination: BodyField = { name: 'destination', kind: 'texts', what: 'only these workers (default: all)' };
const timeout: BodyField = {
  name: 'timeout_ms',
  kind: 'integer',
  what: 'time to wait for replies (default 2000)',
};

/** What changes the cluster; open only where whoever started the server allowed it. */
export const writes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/control/{method}',
    pace: 'command',
    summary: 'Send an inspect or control command; see "celeriac inspect --help" and "celeriac control --help"',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'method', in: 'path', kind: 'text', what: 'such as ping or pool_grow' }],
    body: [
      { name: 'arguments', kind: 'object', what: 'arguments by name, such as {"n": 2}' },
      destination,
      { name: 'pattern', kind: 'text', what: 'only workers with this name; * matches any text' },
      timeout,
    ],
    answers: {
      200: { what: 'Reply of each worker: answered, refused or silent.', body: 'ControlOutcome' },
      400: 'Unknown method or invalid arguments.',
    },
    handle: async ({ served, asker, text, body }) => {
      const command = readWorkerCommand(text('method') ?? '', wordsOf(body['arguments']));
      return answer('ControlOutcome', await tellWorkers(onBehalf(served, asker), command, whom(command, body)));
    },
  },
  {
    method: 'POST',
    path: '/api/v1/tasks',
    pace: 'send',
    summary: 'Send a task',
    tag: 'api',
    changes: true,
    parameters: [],
    body: [
      { name: 'name', kind: 'text', what: 'the task name', isRequired: true },
      { name: 'args', kind: 'array', what: 'positional arguments' },
      { name: 'kwargs', kind: 'object', what: 'keyword arguments' },
      { name: 'queue', kind: 'text', what: 'the queue (default "celery")' },
      { name: 'priority', kind: 'integer', what: 'from 0 to 255' },
      { name: 'eta', kind: 'text', what: 'earliest start, ISO 8601 with an offset' },
      { name: 'expires', kind: 'text', what: 'latest start, ISO 8601 with an offset' },
      { name: 'id', kind: 'text', what: 'the task id (default: a random one)' },
    ],
    answers: { 202: { what: '`id` of the task; the broker has accepted it.', body: 'Sent' } },
    handle: async ({ served, asker, body }) => {
      const { name = '', args = [], kwargs = {}, queue = 'celery', ...more } = body as Partial<WantedTask>;
      const sent = await sendTask(
        onBehalf(served, asker),
        checkTask({ name, args, kwargs, queue, ...more }, served.now()),
      );
      return answer('Sent', { id: sent }, 202);
    },
  },
  {
    method: 'POST',
    path: '/api/v1/tasks/{id}/revoke',
    pace: 'command',
    summary: 'Revoke a task, and terminate it with `terminate`',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'id', in: 'path', kind: 'text', what: 'the full task id' }],
    body: [
      { name: 'terminate', kind: 'boolean', what: 'also terminate the process that runs it' },
      { name: 'signal', kind: 'text', what: 'with `terminate`: the signal, such as KILL (default TERM)' },
      timeout,
    ],
    answers: { 200: { what: 'Reply of each worker.', body: 'ControlOutcome' } },
    handle: async ({ served, asker, text, body }) => {
      const { terminate, signal } = body as Omit<Revocation, 'ids'>;
      const command = revocation({ ids: [text('id') ?? ''], terminate, signal });
      return answer('ControlOutcome', await tellWorkers(onBehalf(served, asker), command, whom(command, body)));
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/{name}/purge',
    pace: 'command',
    summary: 'Delete the waiting messages of a queue',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'name', in: 'path', kind: 'text', what: 'the queue name' }],
    body: [],
    answers: { 200: { what: '`purged`: number of deleted messages.', body: 'Purged' } },
    handle: async ({ served, asker, text }) =>
      answer('Purged', { purged: await purgeQueue(onBehalf(served, asker), text('name') ?? '') }),
  },
];

/** What is done here is done for whoever asks, not for the user of the server. */
const onBehalf = ({ cluster }: Served, asker: Asker) => ({ operations: cluster.operations.as(whoAsks(asker)) });

/** Named values as they would stand on a command line, so that both are read by the same rules. */
const wordsOf = (values: unknown): string[] =>
  isRecord(values)
    ? Object.entries(values).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((each) => `${name}=${wordOf(each)}`),
      )
    : [];

const longestMs = 10_000;

const whom = ({ method }: WorkerCommand, body: RouteRequest['body']): Addressed => {
  const { destination = null, pattern, timeout_ms: timeoutMs = usualTimeoutMs(method, 2_000) ?? longestMs } = body;
  return {
    destination: destination as readonly string[] | null,
    ...(typeof pattern === 'string' ? { pattern } : {}),
    timeoutMs: Math.min(longestMs, Number(timeoutMs)),
  };
};
