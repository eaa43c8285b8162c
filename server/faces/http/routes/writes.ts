import { CeleriacError } from '../../../api/errors.ts';
import { readControlArguments } from '../../../celery/controlArguments.ts';
import { isControlMethod } from '../../../celery/controlCommands.ts';
import { isRecord } from '../../../celery/isRecord.ts';
import { wordOf } from '../../../celery/wordOf.ts';
import type { Operations } from '../../../cluster/operations.ts';
import { answer } from '../answer.ts';
import type { Asker } from '../door.ts';
import type { BodyField, Route, RouteRequest, Served } from '../route.ts';
import { whoAsks } from '../whoAsks.ts';

const destination: BodyField = { name: 'destination', kind: 'texts', what: 'only these workers; every one without it' };
const timeout: BodyField = {
  name: 'timeout_ms',
  kind: 'integer',
  what: 'how long to wait for answers, 2000 without it',
};

/** What changes the cluster; open only where whoever started the server allowed it. */
export const writes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/control/{method}',
    summary: 'Ask or tell workers; the methods are those of "celeriac inspect --help" and "celeriac control --help"',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'method', in: 'path', kind: 'text', what: 'such as ping or pool_grow' }],
    body: [{ name: 'arguments', kind: 'object', what: 'by name, such as {"n": 2}' }, destination, timeout],
    answers: {
      200: { what: 'What each worker answered: answered, refused or silent.', body: 'ControlOutcome' },
      400: 'No such method, or no such arguments.',
    },
    handle: async ({ served, asker, text, body }) => {
      const method = text('method') ?? '';
      if (!isControlMethod(method)) throw new CeleriacError('badRequest', `Workers have no command "${method}".`);
      const values = readControlArguments(method, wordsOf(body['arguments']));
      return answer(
        'ControlOutcome',
        await operationsOf(served, asker).ask({ method, arguments: values, ...whom(body) }),
      );
    },
  },
  {
    method: 'POST',
    path: '/api/v1/tasks',
    summary: 'Send a task',
    tag: 'api',
    changes: true,
    parameters: [],
    body: [
      { name: 'name', kind: 'text', what: 'the name of the task', isRequired: true },
      { name: 'args', kind: 'array', what: 'positional arguments' },
      { name: 'kwargs', kind: 'object', what: 'keyword arguments' },
      { name: 'queue', kind: 'text', what: '"celery" without it' },
      { name: 'priority', kind: 'integer', what: 'from 0 to 255' },
      { name: 'eta', kind: 'text', what: 'not before this time, ISO 8601 with its offset' },
      { name: 'expires', kind: 'text', what: 'not after this time, ISO 8601 with its offset' },
      { name: 'id', kind: 'text', what: 'an id of your own' },
    ],
    answers: { 202: { what: '`id` of the task; the broker has it.', body: 'Sent' } },
    handle: async ({ served, asker, body }) => {
      const { name, args = [], kwargs = {}, queue = 'celery', priority, id } = body as Partial<SendBody>;
      if (priority !== undefined && (priority < 0 || priority > 255))
        throw new CeleriacError('badRequest', `"priority" goes from 0 to 255, not ${priority}.`);
      const sent = await operationsOf(served, asker).send({
        name: name ?? '',
        args,
        kwargs,
        queue,
        ...(priority === undefined ? {} : { priority }),
        ...moment('eta', body),
        ...moment('expires', body),
        ...(id === undefined ? {} : { id }),
      });
      return answer('Sent', { id: sent }, 202);
    },
  },
  {
    method: 'POST',
    path: '/api/v1/tasks/{id}/revoke',
    summary: 'Have the workers skip a task, and end it with `terminate`',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'id', in: 'path', kind: 'text', what: 'its whole id' }],
    body: [
      { name: 'terminate', kind: 'boolean', what: 'also end the process that runs it' },
      { name: 'signal', kind: 'text', what: 'with `terminate`: such as KILL, TERM without it' },
      timeout,
    ],
    answers: { 200: { what: 'What each worker answered.', body: 'ControlOutcome' } },
    handle: async ({ served, asker, text, body }) => {
      const { terminate, signal } = body;
      const words = [
        text('id') ?? '',
        ...wordsOf({ ...(terminate === undefined ? {} : { terminate }), ...(signal === undefined ? {} : { signal }) }),
      ];
      const values = readControlArguments('revoke', words);
      return answer(
        'ControlOutcome',
        await operationsOf(served, asker).ask({ method: 'revoke', arguments: values, ...whom(body) }),
      );
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/{name}/purge',
    summary: 'Delete the messages that wait in a queue',
    tag: 'api',
    changes: true,
    parameters: [{ name: 'name', in: 'path', kind: 'text', what: 'the name of the queue' }],
    body: [],
    answers: { 200: { what: '`purged`: how many were deleted.', body: 'Purged' } },
    handle: async ({ served, asker, text }) =>
      answer('Purged', { purged: await operationsOf(served, asker).purge(text('name') ?? '') }),
  },
];

/** What is done here is done for whoever asks, not for the user of the server. */
const operationsOf = ({ cluster }: Served, asker: Asker): Operations => cluster.operations.as(whoAsks(asker));

interface SendBody {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly queue: string;
  readonly priority: number;
  readonly id: string;
}

const moment = (field: 'eta' | 'expires', body: RouteRequest['body']): { eta?: string; expires?: string } => {
  const given = body[field];
  if (typeof given !== 'string') return {};
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(given) || Number.isNaN(Date.parse(given)))
    throw new CeleriacError(
      'badRequest',
      `"${field}" is a time with its offset, such as 2030-01-31T09:00:00+01:00, not "${given}".`,
    );
  return { [field]: new Date(given).toISOString() };
};

/** Named values as they would stand on a command line, so that both are read by the same rules. */
const wordsOf = (values: unknown): string[] =>
  isRecord(values)
    ? Object.entries(values).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((each) => `${name}=${wordOf(each)}`),
      )
    : [];

const whom = (body: RouteRequest['body']) => ({
  ...(Array.isArray(body['destination']) ? { destination: body['destination'] as string[] } : {}),
  timeoutMs: typeof body['timeout_ms'] === 'number' ? Math.min(10_000, body['timeout_ms']) : 2_000,
});
