import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskQuery, TaskSortColumn, TaskSummary } from '../../../../server/api/tasks.ts';
import type { ClusterState } from '../../../../server/state/clusterState.ts';
import { atOnce } from '../../../../server/state/queries/slices.ts';
import { sortRows } from '../../../../server/state/queries/sortRows.ts';
import { below, makeRandom, uuidFrom } from '../random.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../someEvents.ts';

const makeBusyState = (tasks: number): ClusterState => {
  const random = makeRandom(7);
  const state = makeState(tasks);
  for (let index = 0; index < tasks; index++) {
    const id = random() < 0.1 ? `order-${index}` : uuidFrom(random);
    const args = `(${below(random, 40)}, 'the same beginning ${below(random, 9)}')`;
    applyAll(state, received(id, index, { name: `shop.n${below(random, 4)}`, args, retries: below(random, 3) }));
    if (random() < 0.7) applyAll(state, taskEvent('started', id, index + 1));
    if (random() < 0.5)
      applyAll(
        state,
        taskEvent('succeeded', id, index + 2, { result: `${below(random, 9)}`, runtime: below(random, 30) / 4 }),
      );
  }
  return state;
};

const ids = (rows: readonly (TaskSummary | null)[]): (string | null)[] => rows.map((row) => row?.id ?? null);

/** The whole list, window by window, from the middle outwards. */
const readWindows = (state: ClusterState, query: TaskQuery): (string | null)[] => {
  const first = state.tasks.window({ query, offset: 40, limit: 30, order: null });
  const all: (string | null)[] = new Array(first.total).fill(null);
  for (let offset = 0; offset < first.total; offset += 30) {
    const { rows } = state.tasks.window({ query, offset, limit: 30, order: first.order });
    for (const [at, id] of ids(rows).entries()) all[offset + at] = id;
  }
  return all;
};

describe('a window into the list of tasks', () => {
  it('shows at any place what reading page after page would have come to, whatever the order', () => {
    const state = makeBusyState(300);
    const columns: readonly TaskSortColumn[] = [
      'updated',
      'state',
      'name',
      'runtime',
      'wait',
      'retries',
      'args',
      'started',
    ];
    for (const column of columns)
      for (const descending of [true, false]) {
        const query: TaskQuery = { sort: { column, descending } };
        const pages = ids(state.tasks.page({ ...query, limit: 1_000 }).tasks);
        assert.deepEqual(readWindows(state, query), pages, `${column} ${descending}`);
      }
  });

  it('counts all that match, also where the first rows come without counting', () => {
    const state = makeBusyState(300);
    const query: TaskQuery = { names: ['shop.n1'] };
    const { rows, total, order } = state.tasks.window({ query, offset: 0, limit: 10, order: null });
    assert.equal(total, state.tasks.page({ ...query, limit: 1_000 }).tasks.length);
    assert.deepEqual([rows.length, order], [10, null]);
    const text = { query: { text: 'beginning 3' }, offset: 0, limit: 5, order: null };
    assert.equal(state.tasks.window(text).total, readWindows(state, { text: 'beginning 3' }).length);
  });

  it('stands still while tasks come and go, and says which ones are forgotten', () => {
    const state = applyAll(makeState(4), received(1), received(2, 1), received(3, 2), received(4, 3));
    const query: TaskQuery = {};
    const { order, rows } = state.tasks.window({ query, offset: 1, limit: 2, order: null });
    assert.deepEqual(ids(rows), [idOf(3), idOf(2)]);
    applyAll(state, received(5, 4), taskEvent('started', 2, 5));
    const again = state.tasks.window({ query, offset: 0, limit: 9, order });
    assert.deepEqual(ids(again.rows), [idOf(4), idOf(3), idOf(2), null]);
    assert.equal(again.rows[2]?.state, 'STARTED');
    assert.deepEqual([again.total, again.held], [4, 4]);
  });

  it('is put in order a little at a time, whatever comes and goes meanwhile', () => {
    for (let pause = 2; pause < 20; pause++) {
      const state = makeState(40);
      for (let index = 0; index < 40; index++)
        applyAll(state, received(index, index), taskEvent('succeeded', index, index, { runtime: (index * 7) % 40 }));
      const query: TaskQuery = { sort: { column: 'runtime', descending: true } };
      const work = state.tasks.windowInSlices({ query, offset: 1, limit: 40, order: null });
      for (let slice = 0; slice < pause; slice++) work.next();
      for (let index = 100; index < 110; index++) applyAll(state, received(index, index));
      const { rows, total } = atOnce(work);
      const left = rows.filter((row) => row !== null);
      assert.ok(total === 40 && left.length <= 30, `${pause}: ${left.length} of ${total}`);
      assert.ok(left.every(({ state: is }) => is === 'SUCCESS'));
      assert.equal(new Set(ids(left)).size, left.length);
      const runtimes = left.map(({ runtimeSeconds }) => runtimeSeconds ?? -1);
      assert.deepEqual(
        runtimes,
        [...runtimes].sort((a, b) => b - a),
      );
    }
  });

  it('makes a new order in place of one that is not kept any more', () => {
    const state = makeBusyState(50);
    const first = state.tasks.window({ query: {}, offset: 1, limit: 1, order: null });
    for (let times = 0; times < 6; times++) state.tasks.window({ query: {}, offset: 1, limit: 1, order: null });
    const again = state.tasks.window({ query: {}, offset: 1, limit: 1, order: first.order });
    assert.notEqual(again.order, first.order);
    assert.deepEqual(again.rows, first.rows);
  });

  it('cuts long texts short unless they are to be whole', () => {
    const state = applyAll(makeState(), received(1, 0, { args: `('${'x'.repeat(500)}',)` }));
    for (const [order, offset] of [
      [null, 0],
      [99, 0],
    ] as const) {
      const asked = { query: {}, offset, limit: 1, order };
      assert.equal(state.tasks.window(asked).rows[0]?.args?.length, 201);
      assert.equal(state.tasks.window({ ...asked, isWhole: true }).rows[0]?.args?.length, 505);
    }
  });
});

describe('sorting rows', () => {
  it('agrees with a plain sort on numbers of every kind, and keeps equal ones as they stand', () => {
    const random = makeRandom(3);
    const keys = Array.from(
      { length: 500 },
      () =>
        [0, -0, 1, -1, 1e-300, -1e300, 1e300, Number.POSITIVE_INFINITY, Number.NaN, random() - 0.5][
          below(random, 10)
        ] ?? 0,
    );
    const rows = Int32Array.from(keys, (_, row) => row);
    for (const descending of [false, true]) {
      const sign = descending ? -1 : 1;
      const plain = [...rows].sort((a, b) => {
        const [x = 0, y = 0] = [keys[a], keys[b]];
        if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
        return x === y ? 0 : (x < y ? -1 : 1) * sign;
      });
      assert.deepEqual([...atOnce(sortRows(rows, (row) => keys[row] ?? Number.NaN, descending))], plain);
    }
  });
});
