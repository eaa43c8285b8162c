import { CeleriacError } from '../../../api/errors.ts';
import { json } from '../answer.ts';
import type { Route } from '../route.ts';

export const workers: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/workers',
    summary: 'Every worker that was heard of',
    tag: 'api',
    parameters: [],
    answers: { 200: 'The workers, by name.' },
    handle: ({ served }) => json({ workers: Object.values(served.cluster.snapshot().workers) }),
  },
  {
    method: 'GET',
    path: '/api/v1/workers/{hostname}',
    summary: 'One worker and its figures of the last hour',
    tag: 'api',
    parameters: [{ name: 'hostname', in: 'path', kind: 'text', what: 'its whole name, such as celery@web1' }],
    answers: { 200: 'The worker.', 404: 'Nobody of that name was heard of.' },
    handle: ({ served, text }) => {
      const hostname = text('hostname') ?? '';
      const worker = served.cluster.snapshot().workers[hostname];
      if (!worker) throw new CeleriacError('notFound', `Nobody has heard of a worker "${hostname}".`);
      const stats = served.cluster.state.workerStats(served.now()).find(({ name }) => name === hostname);
      return json({ worker, stats: stats ?? null });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/queues',
    summary: 'Every queue, how full it is, and who consumes it',
    tag: 'api',
    parameters: [],
    answers: { 200: 'The queues, by name; `missing` says what the broker does not tell, and why.' },
    handle: async ({ served }) => {
      const { cluster } = served;
      const { alarms, blockedConnections, missing } = await cluster.operations.overview();
      return json({ queues: Object.values(cluster.snapshot().queues), alarms, blockedConnections, missing });
    },
  },
];
