import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moreTasks, taskLook } from '../../../../extension/recentTasks/recentTask.ts';
import { everyTask, filterWords, isFiltered, queryOf } from '../../../../extension/recentTasks/taskFilter.ts';
import { TaskList } from '../../../../extension/recentTasks/taskList.ts';
import type { TaskPage, TaskQuery, TaskSummary } from '../../../../server/api/tasks.ts';
import { aSnapshot, someCounters } from '../../aSnapshot.ts';

const aTask = (parts: Partial<TaskSummary> = {}): TaskSummary => ({
  id: '3f2a8c41-0000-4000-8000-000000000001',
  state: 'SUCCESS',
  name: 'orders.charge',
  worker: 'celery@one',
  client: null,
  queue: 'orders',
  args: '(7,)',
  kwargs: '{}',
  result: "'ok'",
  exception: null,
  sentAt: null,
  receivedAt: 1_000,
  startedAt: 2_000,
  finishedAt: 3_000,
  firstSeenAt: 1_000,
  updatedAt: 3_000,
  runtimeSeconds: 0.84,
  waitSeconds: 1,
  retries: 0,
  eta: null,
  ...parts,
});
const words = (parts: Partial<TaskSummary>) => {
  const view = taskLook(aTask(parts), aSnapshot(), 14_400);
  return `${view.icon}: ${view.label} | ${view.description}`;
};

test('a row says in words how its task is, with what is most telling about it', () => {
  assert.equal(words({}), 'pass: orders.charge | 3f2a… · succeeded in 840 ms');
  assert.equal(
    words({ state: 'STARTED', runtimeSeconds: null }),
    'play-circle: orders.charge | 3f2a… · running for 12.4 s',
  );
  assert.equal(
    words({ state: 'FAILURE', exception: "KeyError('sku')" }),
    "error: orders.charge | 3f2a… · failed: KeyError('sku')",
  );
  assert.equal(words({ state: 'RECEIVED' }), 'inbox: orders.charge | 3f2a… · waiting at the worker');
  assert.equal(words({ state: 'PROGRESS' }), 'circle-filled: orders.charge | 3f2a… · PROGRESS');
  assert.equal(words({ name: null, state: 'REVOKED' }), 'circle-slash: 3f2a8c41-0000-4000-8000-000000000001 | revoked');
});

test('a row shows that its task is paused for a debugger', () => {
  const view = taskLook(aTask({ state: 'STARTED', runtimeSeconds: null }), aSnapshot(), 14_400, true);
  assert.deepEqual([view.icon, view.description], ['debug-pause', '3f2a… · running for 12.4 s · paused in rdb']);
});

test('while the broker is away a running task does not go on counting, and its row is grey', () => {
  const reason = { code: 'x', sentence: 'Connection refused.' };
  const link = { kind: 'lost', since: 8_000, retryAt: 20_000, attempt: 1, reason } as const;
  const snapshot = aSnapshot({ link, counters: someCounters({ lastEventAt: 7_700 }) });
  const at = (now: number) => taskLook(aTask({ state: 'STARTED', runtimeSeconds: null }), snapshot, now);
  assert.equal(at(14_400).description, '3f2a… · running for 5.7 s');
  assert.equal(at(99_000).description, at(14_400).description);
  assert.equal(at(14_400).color, 'disabledForeground');
});

test('a row tells the menus its state and whether the connection may be changed', () => {
  const context = (isReadOnly: boolean) => taskLook(aTask(), aSnapshot({ isReadOnly }), 0).contextValue;
  assert.deepEqual([context(false), context(true)], ['task;SUCCESS;rw', 'task;SUCCESS;ro']);
});

test('only the parts of the filter that say something are asked for', () => {
  assert.deepEqual(queryOf(everyTask, 50), { limit: 50 });
  const filter = { ...everyTask, states: ['FAILURE'], workers: ['api@lab'], text: 'sku' };
  assert.deepEqual(queryOf(filter, 100), { states: ['FAILURE'], workers: ['api@lab'], text: 'sku', limit: 100 });
  assert.deepEqual([isFiltered(everyTask), isFiltered(filter)], [false, true]);
  assert.equal(filterWords({ ...filter, queues: ['high'] }), 'FAILURE · on api@lab · from high · "sku"');
});

const pageOf = (tasks: readonly TaskSummary[], nextCursor: string | null = null): TaskPage => ({
  tasks,
  nextCursor,
  matching: 1_234,
  held: 100_000,
});

test('the list shows fifty tasks, and fifty more each time they are asked for, up to a thousand', async () => {
  const limits: (number | undefined)[] = [];
  const list = new TaskList(async (_clusterId, { limit }) => {
    limits.push(limit);
    return pageOf([aTask()], 'next');
  });
  await list.read('orders');
  const more = list.nodes().at(-1) ?? assert.fail();
  assert.ok(more.kind === 'moreTasks');
  assert.deepEqual(more.step, 50);
  const source = { snapshots: new Map(), list, standing: new Set<string>() };
  assert.equal(moreTasks.look(more, source, 0).label, 'Show 50 more…');
  for (let times = 0; times < 30; times++) list.showMore();
  await list.read('orders');
  assert.deepEqual(limits, [50, 1_000]);
  const last = list.nodes().at(-1) ?? assert.fail();
  assert.ok(last.kind === 'moreTasks' && last.step === 0);
  list.narrow({ ...everyTask, text: 'x' });
  await list.read('orders');
  assert.equal(limits.at(-1), 50, 'another filter begins anew');
});

test('of two readings at once the last one counts, whichever comes first', async () => {
  const answers: ((page: TaskPage) => void)[] = [];
  const list = new TaskList((_clusterId, _query: TaskQuery) => new Promise((resolve) => answers.push(resolve)));
  const [first, second] = [list.read('orders'), list.read('orders')];
  answers[1]?.(pageOf([aTask({ id: 'new' })]));
  answers[0]?.(pageOf([aTask({ id: 'old' })]));
  assert.deepEqual(await Promise.all([first, second]), [false, true]);
  assert.equal(list.find('new')?.id, 'new');
});

test('what was read stays while it is read again, and goes with its connection', async () => {
  let answer: (page: TaskPage) => void = () => undefined;
  const list = new TaskList(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const read = list.read('orders');
  answer(pageOf([aTask()]));
  await read;
  void list.read('orders');
  assert.equal(list.nodes().length, 1);
  void list.read('mail');
  assert.equal(list.nodes().length, 0);
  assert.equal(list.isEmpty, false, 'nobody knows yet');
});
