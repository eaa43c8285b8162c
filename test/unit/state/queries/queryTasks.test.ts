import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../../server/api/errors.ts';
import type { TaskQuery, TaskSortColumn, TaskSummary } from '../../../../server/api/tasks.ts';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { below, makeRandom, uuidFrom } from '../random.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../someEvents.ts';

const idsOf = (state: ClusterState, query: TaskQuery): string[] => state.tasks.page(query).tasks.map(({ id }) => id);

/** A state with all sorts of tasks, some forgotten, so that rows have been used again. */
const makeBusyState = (seed: number, tasks = 400): ClusterState => {
  const random = makeRandom(seed);
  const state = makeState(Math.ceil(tasks * 0.8));
  for (let index = 0; index < tasks; index++) {
    const id = random() < 0.1 ? `order-${index}` : uuidFrom(random);
    const at = index + random();
    const queue = ['mail', 'slow', undefined][below(random, 3)];
    if (random() < 0.5) applyAll(state, taskEvent('sent', id, at - 0.5, { name: `shop.n${below(random, 4)}`, queue }));
    const eta = random() < 0.2 ? `2027-01-${10 + below(random, 20)}T00:00:00+00:00` : null;
    const args = `(${below(random, 40)}, 'Ü${below(random, 3)}')`;
    if (random() < 0.8)
      applyAll(
        state,
        received(id, at, {
          name: `shop.n${below(random, 4)}`,
          args,
          eta,
          retries: below(random, 3),
          hostname: `celery@${below(random, 3)}`,
        }),
      );
    if (random() < 0.7) applyAll(state, taskEvent('started', id, at + 1));
    if (random() < 0.5)
      applyAll(
        state,
        taskEvent('succeeded', id, at + 2, { result: `'r${below(random, 9)}'`, runtime: below(random, 30) / 4 }),
      );
    else if (below(random, 2) === 0)
      applyAll(state, taskEvent('failed', id, at + 2, { exception: `ValueError('e${below(random, 9)}')` }));
  }
  return state;
};

const everything = (state: ClusterState): readonly TaskSummary[] => state.tasks.page({ limit: 1000 }).tasks;

/** All pages, one after the other. */
const readPages = (state: ClusterState, query: TaskQuery): TaskSummary[] => {
  const tasks: TaskSummary[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = state.tasks.page({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    tasks.push(...page.tasks);
    cursor = page.nextCursor;
  }
  return tasks;
};

describe('a task query', () => {
  it('without conditions gives the newest tasks first', () => {
    const state = applyAll(makeState(), received(1), received(2), received(3), taskEvent('started', 1, 1));
    assert.deepEqual(idsOf(state, {}), [idOf(1), idOf(3), idOf(2)]);
    const { matching, held, nextCursor } = state.tasks.page({ limit: 2 });
    assert.deepEqual([matching, held, typeof nextCursor], [3, 3, 'string']);
  });

  it('of nothing gives nothing', () => {
    assert.deepEqual(makeState().tasks.page({ text: 'x' }), { tasks: [], nextCursor: null, matching: 0, held: 0 });
  });

  const conditions: readonly (readonly [string, TaskQuery, (task: TaskSummary) => boolean])[] = [
    ['by state', { states: ['SUCCESS', 'failure'] }, (task) => task.state === 'SUCCESS' || task.state === 'FAILURE'],
    ['by a state that does not occur', { states: ['NOWHERE'] }, () => false],
    ['by name', { names: ['shop.n1'] }, (task) => task.name === 'shop.n1'],
    ['by a pattern of names', { names: ['*n2', 'x*'] }, (task) => task.name === 'shop.n2'],
    [
      'by worker',
      { workers: ['celery@1', 'celery@2'] },
      (task) => ['celery@1', 'celery@2'].includes(task.worker ?? ''),
    ],
    ['by queue', { queues: ['mail'] }, (task) => task.queue === 'mail'],
    [
      'by time',
      { time: { column: 'received', from: (t0 + 100) * 1000, to: (t0 + 200) * 1000 } },
      (task) => task.receivedAt !== null && task.receivedAt >= (t0 + 100) * 1000 && task.receivedAt < (t0 + 200) * 1000,
    ],
    [
      'by the time of the end',
      { time: { column: 'finished', from: (t0 + 250) * 1000 } },
      (task) => (task.finishedAt ?? 0) >= (t0 + 250) * 1000,
    ],
    [
      'by all at once',
      { states: ['SUCCESS'], names: ['shop.*'], text: "'r3" },
      (task) =>
        task.state === 'SUCCESS' && (task.name ?? '').startsWith('shop.') && (task.result ?? '').includes("'r3"),
    ],
  ];
  for (const [name, query, isWanted] of conditions) {
    it(`filters ${name}`, () => {
      for (let seed = 0; seed < 5; seed++) {
        const state = makeBusyState(seed);
        const wanted = everything(state).filter(isWanted);
        assert.deepEqual(state.tasks.page({ ...query, limit: 1000 }).tasks, wanted);
        const scanned = state.tasks.page({ ...query, limit: 1000, sort: { column: 'updated', descending: false } });
        assert.deepEqual(scanned.tasks, wanted.toReversed());
        assert.equal(scanned.matching, wanted.length);
      }
    });
  }

  const valueIn: Readonly<Record<TaskSortColumn, (task: TaskSummary) => number | string | null>> = {
    updated: () => 0,
    id: (task) => (task.id.startsWith('order') ? '~' : task.id),
    state: (task) => task.state,
    name: (task) => task.name,
    worker: (task) => task.worker,
    client: (task) => task.client,
    queue: (task) => task.queue,
    args: (task) => task.args,
    kwargs: (task) => task.kwargs,
    result: (task) => task.result,
    exception: (task) => task.exception,
    sent: (task) => task.sentAt,
    received: (task) => task.receivedAt,
    started: (task) => task.startedAt,
    finished: (task) => task.finishedAt,
    runtime: (task) => task.runtimeSeconds,
    wait: (task) => task.waitSeconds,
    retries: (task) => task.retries,
    eta: (task) => task.eta,
  };
  for (const column of Object.keys(valueIn) as TaskSortColumn[]) {
    it(`sorts by ${column}, page after page, and those without it come last`, () => {
      for (const descending of [true, false]) {
        const state = makeBusyState(11, 300);
        const value = valueIn[column];
        const byNewest = everything(state);
        const rank = new Map(byNewest.map(({ id }, index) => [id, index]));
        const pages = readPages(state, { sort: { column, descending }, limit: 7 });
        assert.equal(new Set(pages.map(({ id }) => id)).size, byNewest.length);
        for (const [index, task] of pages.entries()) {
          const next = pages[index + 1];
          if (!next || column === 'updated') continue;
          const [a, b] = [value(task), value(next)];
          if (a === null) assert.equal(b, null);
          else if (b === null) continue;
          else if (a === b && column !== 'id')
            assert.ok((rank.get(task.id) ?? 0) < (rank.get(next.id) ?? 0), 'equals: newest first');
          else assert.ok(descending ? a >= b : a <= b, `${a} before ${b}`);
        }
        if (column === 'updated') assert.deepEqual(pages, descending ? byNewest : byNewest.toReversed());
      }
    });
  }

  it('pages through all that match, each once, while tasks are updated in between', () => {
    const state = makeBusyState(5);
    const seen: string[] = [];
    const before = new Set(everything(state).map(({ id }) => id));
    let page = state.tasks.page({ limit: 20 });
    for (;;) {
      seen.push(...page.tasks.map(({ id }) => id));
      if (page.nextCursor === null) break;
      // What moves to the front while one reads is behind the reader, not before him.
      applyAll(state, taskEvent('started', seen[0] ?? '', 9999));
      page = state.tasks.page({ limit: 20, cursor: page.nextCursor });
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(new Set(seen), before);
  });

  it('goes on behind a value that nobody has any more', () => {
    const state = makeState(4);
    for (const task of [1, 2, 3, 4]) applyAll(state, taskEvent('sent', task, task, { hostname: `gen${task}@web` }));
    const query: TaskQuery = { sort: { column: 'client', descending: false }, limit: 2 };
    const first = state.tasks.page(query);
    applyAll(state, taskEvent('sent', 1, 5, { hostname: 'gen1@web' }), taskEvent('started', 5, 6));
    assert.equal(state.tasks.find(idOf(2)), null);
    assert.deepEqual(idsOf(state, { ...query, cursor: first.nextCursor ?? '' }), [idOf(3), idOf(4)]);
  });

  it('sorts a text before the longer one that begins with it', () => {
    const state = applyAll(
      makeState(),
      received(1, 0, { args: '(1234567, 8)' }),
      received(2, 0, { args: '(1234567' }),
      received(3, 0, { args: '(1234567, ' }),
    );
    assert.deepEqual(idsOf(state, { sort: { column: 'args', descending: false } }), [idOf(2), idOf(3), idOf(1)]);
  });

  it('keeps its limit between 1 and 1000', () => {
    const state = makeBusyState(1, 1600);
    assert.deepEqual(
      [0, -5, 1, 1e9, Number.NaN].map((limit) => state.tasks.page({ limit }).tasks.length),
      [1, 1, 1, 1000, 50],
    );
    assert.equal(state.tasks.page({}).tasks.length, 50);
  });

  it('refuses a cursor of another query and a cursor that is none', () => {
    const state = makeBusyState(1);
    const { nextCursor } = state.tasks.page({ limit: 5 });
    const isBadRequest = (error: unknown): boolean => error instanceof CeleriacError && error.code === 'badRequest';
    assert.throws(() => state.tasks.page({ limit: 5, states: ['SUCCESS'], cursor: nextCursor ?? '' }), isBadRequest);
    for (const cursor of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
      assert.throws(() => state.tasks.page({ cursor }), isBadRequest);
    }
  });

  it('cuts long texts in lists and not in the task itself', () => {
    const state = applyAll(makeState(), received(1, 0, { args: 'x'.repeat(5000) }));
    assert.equal(state.tasks.page({}).tasks[0]?.args?.length, 201);
    assert.equal(state.tasks.find(idOf(1))?.args?.length, 5000);
  });
});
