import { CeleriacError } from '../../../api/errors.ts';
import { specOf } from '../../../celery/controlCommands.ts';
import { readWorkerCommand, tellWorkers } from '../../../desk/tellWorkers.ts';
import { answer } from '../answer.ts';
import type { Route } from '../route.ts';
import { listParameters, partOf } from './partOfList.ts';

const byKey =
  <T>(keyOf: (item: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : 1;

export const workers: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/workers',
    summary: 'All known workers',
    tag: 'api',
    parameters: listParameters,
    answers: { 200: { what: 'One page of workers, by name; `total` is the number of all workers.', body: 'Workers' } },
    handle: (request) => {
      const workers = Object.values(request.served.cluster.snapshot().workers).sort(byKey(({ hostname }) => hostname));
      return answer('Workers', { workers: partOf(workers, request), total: workers.length });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/workers/{hostname}',
    summary: 'One worker with statistics of the last hour',
    tag: 'api',
    parameters: [{ name: 'hostname', in: 'path', kind: 'text', what: 'the full worker name, such as celery@web1' }],
    answers: { 200: { what: 'The worker.', body: 'WorkerAnswer' }, 404: 'Unknown worker.' },
    handle: ({ served, text }) => {
      const hostname = text('hostname') ?? '';
      const { workers } = served.cluster.snapshot();
      const worker = Object.hasOwn(workers, hostname) ? workers[hostname] : undefined;
      if (!worker) throw new CeleriacError('notFound', `Unknown worker "${hostname}".`);
      return answer('WorkerAnswer', {
        worker,
        stats: served.cluster.state.statsOf('worker', hostname, served.now()),
      });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/beats',
    summary: 'Beat processes that support remote control',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'Beat processes with the time of their last answer.', body: 'Beats' } },
    handle: ({ served }) => answer('Beats', { beats: Object.values(served.cluster.snapshot().beats) }),
  },
  {
    method: 'GET',
    path: '/api/v1/queues',
    summary: 'All queues with their length and consumers',
    tag: 'api',
    parameters: listParameters,
    answers: {
      200: {
        what: 'One page of queues, by name; `total` is the number of all queues, `missing` lists what the broker does not report and why.',
        body: 'Queues',
      },
    },
    asksCluster: true,
    handle: async (request) => {
      const { served } = request;
      const { cluster } = served;
      const { alarms, blockedConnections, missing } = await cluster.operations.overview();
      const queues = Object.values(cluster.snapshot().queues).sort(byKey(({ name }) => name));
      return answer('Queues', {
        queues: partOf(queues, request).map((queue) => ({
          ...queue,
          ageSeconds: Math.max(0, served.now() - queue.updatedAt) / 1_000,
        })),
        total: queues.length,
        alarms,
        blockedConnections,
        missing,
      });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/inspect/{method}',
    summary: 'Ask workers what changes nothing; the methods are those of "celeriac inspect --help"',
    tag: 'api',
    parameters: [
      { name: 'method', in: 'path', kind: 'text', what: 'such as active' },
      {
        name: 'argument',
        in: 'query',
        kind: 'texts',
        what: 'in the order of Celery, or as name=value; may be repeated',
      },
      { name: 'destination', in: 'query', kind: 'texts', what: 'only this worker; may be repeated' },
      { name: 'pattern', in: 'query', kind: 'text', what: 'only workers of this name; * stands for anything' },
      {
        name: 'timeout_ms',
        in: 'query',
        kind: 'integer',
        what: 'how long to wait for answers, 2000 without it',
        least: 1,
        most: 10_000,
      },
    ],
    answers: {
      200: { what: 'What each worker answered: answered, refused or silent.', body: 'ControlOutcome' },
      400: 'No such method, one that leaves traces on workers, or no such arguments.',
    },
    asksCluster: true,
    handle: async ({ served, text, texts, integer }) => {
      const command = readWorkerCommand(text('method') ?? '', texts('argument') ?? [], 'inspect');
      if (specOf(command.method).leavesTraces)
        throw new CeleriacError(
          'badRequest',
          `"${command.method}" leaves something behind on the worker, so a server does not ask for it. Run celeriac inspect ${command.method} against the broker.`,
        );
      const pattern = text('pattern');
      return answer(
        'ControlOutcome',
        await tellWorkers(served.cluster, command, {
          destination: texts('destination'),
          ...(pattern === null ? {} : { pattern }),
          timeoutMs: integer('timeout_ms') ?? 2_000,
        }),
      );
    },
  },
  {
    method: 'GET',
    path: '/api/v1/waiting',
    summary: 'Tasks on this machine that are paused in rdb',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'Sessions that are paused until a debugger attaches.', body: 'Waiting' } },
    handle: async ({ served }) => answer('Waiting', { waiting: await served.cluster.waiting.look() }),
  },
];
