import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ControlCommand, WorkerReply } from '../../../server/api/control.ts';
import type { TaskQuery, TaskSummary } from '../../../server/api/tasks.ts';
import { readWorkerDetails } from '../../../server/cluster/workerDetails.ts';

/** As Celery 5.6 answers, cut down to what is read. */
const running = {
  id: 'a1',
  name: 'orders.charge',
  args: [7],
  kwargs: {},
  time_start: 1_800_000_000.25,
  delivery_info: { exchange: '', routing_key: 'orders', priority: 0, redelivered: false },
  worker_pid: 4712,
};
const answers: Record<string, unknown> = {
  active: [running],
  reserved: [{ ...running, id: 'r1', time_start: null, worker_pid: null }],
  scheduled: [{ eta: '2026-11-20T12:00:00+00:00', priority: 6, request: { ...running, id: 's1', time_start: null } }],
  active_queues: [{ name: 'orders' }, { name: 'emails' }],
  stats: {
    pool: { implementation: 'celery.concurrency.prefork:TaskPool', processes: [4711, 4712], 'max-concurrency': 2 },
  },
};

const cluster = (
  reply: (hostname: string, method: string) => WorkerReply,
  tasks: readonly Partial<TaskSummary>[] = [],
) => {
  const asked: ControlCommand[] = [];
  const queries: TaskQuery[] = [];
  return {
    asked,
    queries,
    ask: async (command: ControlCommand) => {
      asked.push(command);
      const replies = (command.destination ?? []).map((hostname) => reply(hostname, command.method));
      return { replies, expected: replies.length, tookMs: 1 };
    },
    tasks: (query: TaskQuery) => {
      queries.push(query);
      return tasks.filter(({ state }) => query.states?.includes(state ?? '')) as readonly TaskSummary[];
    },
  };
};
const answered = (hostname: string, method: string): WorkerReply => ({
  kind: 'answered',
  hostname,
  value: answers[method],
});
const silent = (hostname: string): WorkerReply => ({
  kind: 'silent',
  hostname,
  reason: 'busySolo',
  sentence: `${hostname} has gone quiet while it runs a task.`,
});

test('what a worker holds is read from its answers', async () => {
  const [detail] = await readWorkerDetails(cluster(answered), ['api@lab']);
  assert.ok(detail);
  const [task] = detail.active.rows ?? [];
  assert.deepEqual(task, {
    id: 'a1',
    name: 'orders.charge',
    queue: 'orders',
    startedAt: 1_800_000_000_250,
    eta: null,
    priority: 0,
    pid: 4712,
    args: '[7]',
  });
  assert.deepEqual(
    detail.reserved.rows?.map(({ id, startedAt }) => ({ id, startedAt })),
    [{ id: 'r1', startedAt: null }],
  );
  assert.deepEqual(
    detail.scheduled.rows?.map(({ id, eta }) => ({ id, eta })),
    [{ id: 's1', eta: '2026-11-20T12:00:00+00:00' }],
  );
  assert.deepEqual(detail.queues.rows, ['orders', 'emails']);
  assert.deepEqual(detail.processes.rows, [
    { pid: 4711, task: null },
    { pid: 4712, task },
  ]);
  assert.deepEqual([detail.pool, detail.poolSize], ['prefork', 2]);
});

test('all workers are asked with one command each, however many they are', async () => {
  const source = cluster(answered);
  const names = ['a@lab', 'b@lab', 'c@lab'];
  const details = await readWorkerDetails(source, names);
  assert.deepEqual(
    details.map(({ hostname }) => hostname),
    names,
  );
  assert.equal(source.asked.length, 5);
  assert.ok(source.asked.every(({ destination }) => destination === names));
});

test('of a worker that does not answer, its events tell what it runs, beside the reason for its silence', async () => {
  const told = [
    {
      id: 'e1',
      state: 'STARTED',
      name: 'lab.until_file',
      args: "('/tmp/x',)",
      kwargs: '{}',
      startedAt: 5,
      eta: null,
      queue: null,
    },
    {
      id: 'e2',
      state: 'RECEIVED',
      name: 'lab.echo',
      args: '()',
      kwargs: '{}',
      startedAt: null,
      eta: null,
      queue: null,
    },
    {
      id: 'e3',
      state: 'RECEIVED',
      name: 'lab.echo',
      args: '()',
      kwargs: '{}',
      startedAt: null,
      eta: 'later',
      queue: null,
    },
  ];
  const source = cluster(silent, told);
  const [detail] = await readWorkerDetails(source, ['mail@lab']);
  assert.ok(detail);
  assert.deepEqual(
    detail.active.rows?.map(({ id, args }) => ({ id, args })),
    [{ id: 'e1', args: "('/tmp/x',)" }],
  );
  assert.deepEqual(
    detail.reserved.rows?.map(({ id }) => id),
    ['e2'],
  );
  assert.deepEqual(
    detail.scheduled.rows?.map(({ id }) => id),
    ['e3'],
  );
  assert.match(detail.active.problem ?? '', /gone quiet/);
  assert.deepEqual([detail.queues.rows, detail.queues.total], [null, null]);
  assert.deepEqual(source.queries[0]?.workers, ['mail@lab']);
});

test('a worker with ten thousand tasks sends two hundred of them on, and their number', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...running, id: `t${index}` }));
  const source = cluster((hostname, method) => ({
    kind: 'answered',
    hostname,
    value: method === 'active' ? many : [],
  }));
  const [detail] = await readWorkerDetails(source, ['api@lab']);
  assert.deepEqual([detail?.active.rows?.length, detail?.active.total], [200, 10_000]);
});

test('whatever else a worker answers is passed over', async () => {
  const source = cluster((hostname) => ({ kind: 'answered', hostname, value: [null, 7, { name: 'no id' }, 'text'] }));
  const [detail] = await readWorkerDetails(source, ['api@lab']);
  assert.deepEqual(detail?.active, { rows: [], total: 0, problem: null });
  assert.deepEqual(detail?.processes, { rows: null, total: null, problem: null });
});
