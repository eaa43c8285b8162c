import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { queueColumns, sortFigures } from '../../../media/dashboard/tables/figureColumns.ts';
import { failureFits } from '../../../media/dashboard/tables/figureFilter.ts';
import {
  fillWidth,
  gridRange,
  rowAfterKey,
  rowHeight,
  scrollTopFor,
} from '../../../media/dashboard/tables/gridMath.ts';
import { RowWindows } from '../../../media/dashboard/tables/rowWindows.ts';
import {
  firstTableView,
  queryOf,
  sortedBy,
  tableViewFrom,
  withColumn,
} from '../../../media/dashboard/tables/tableView.ts';
import { heldRows } from '../../../media/page/heldRows.ts';
import type { DashboardFilter } from '../../../server/api/dashboard.ts';
import type { FailureGroup } from '../../../server/api/failures.ts';
import type { TaskSummary, TaskWindow } from '../../../server/api/tasks.ts';
import { applyAll, makeState, received } from '../state/someEvents.ts';

const viewHeight = 480;

describe('the rows that are drawn', () => {
  it('are those that can be seen, and a few around them', () => {
    const range = gridRange({ scrollTop: 2_400, viewHeight, total: 1_000 });
    assert.deepEqual([range.firstSeen, range.first, range.end, range.top], [100, 92, 129, 92 * rowHeight]);
    const short = gridRange({ scrollTop: 0, viewHeight, total: 3 });
    assert.deepEqual([short.first, short.end, short.bodyHeight], [0, 3, 72]);
    assert.equal(gridRange({ scrollTop: 0, viewHeight, total: 0 }).end, 0);
  });

  it('leave no room empty: words are given it, figures are not', () => {
    const columns = [
      { width: 200, isFigure: false },
      { width: 90, isFigure: true },
      { width: 300, isFigure: false },
      { width: 100, isFigure: false },
    ];
    const widths = (room: number) => fillWidth(columns, room).map(({ width }) => width);
    assert.deepEqual(widths(690), [200, 90, 300, 100]);
    assert.deepEqual(widths(400), [200, 90, 300, 100]);
    assert.deepEqual(widths(1_190), [400, 90, 600, 100]);
  });

  it('reach from the first to the last of more rows than a browser can stack', () => {
    const total = 2_000_000;
    const { bodyHeight } = gridRange({ scrollTop: 0, viewHeight, total });
    assert.ok(bodyHeight < 33_000_000);
    const end = gridRange({ scrollTop: bodyHeight - viewHeight, viewHeight, total });
    assert.equal(end.end, total);
    assert.ok(end.firstSeen <= total - viewHeight / rowHeight);
    const middle = gridRange({ scrollTop: (bodyHeight - viewHeight) / 2, viewHeight, total });
    assert.ok(Math.abs(middle.firstSeen - total / 2) < 20);
  });

  it('follow the row that a key leads to, and stay where they are while it can be seen', () => {
    for (const total of [1_000, 2_000_000]) {
      const place = { scrollTop: 0, viewHeight, total };
      assert.equal(scrollTopFor(5, place), 0);
      for (const row of [600, total - 1, 20]) {
        const scrollTop = scrollTopFor(row, place);
        const { firstSeen } = gridRange({ ...place, scrollTop });
        assert.ok(firstSeen <= row && row < firstSeen + viewHeight / rowHeight + 1, `${row} of ${total}: ${firstSeen}`);
      }
    }
  });

  it('are walked by keys, and never left', () => {
    const place = { viewHeight, total: 100 };
    const walk = (key: string, from: number) => rowAfterKey(key, from, place);
    assert.deepEqual([walk('ArrowDown', 3), walk('ArrowUp', 0), walk('ArrowDown', 99)], [4, 0, 99]);
    assert.deepEqual([walk('PageDown', 0), walk('PageUp', 40), walk('End', 0), walk('Home', 9)], [19, 21, 99, 0]);
    assert.equal(walk('a', 3), null);
    assert.equal(rowAfterKey('End', 0, { viewHeight, total: 0 }), null);
  });
});

const task = (id: string): TaskSummary => ({
  ...(applyAll(makeState(), received(1)).tasks.page({}).tasks[0] as TaskSummary),
  id,
});

/** An engine that remembers what it was asked, with `total` tasks; its live beginning is marked by `generation`. */
const makeEngine = (total: number) => {
  const asked: string[] = [];
  const engine = { generation: 0, asked, total };
  const read = async (part: { offset: number; limit: number; order: number | null }): Promise<TaskWindow> => {
    asked.push(`${part.offset}@${part.order}`);
    await Promise.resolve();
    const order = part.order ?? (part.offset === 0 ? null : 7);
    const ids = Array.from({ length: Math.min(part.limit, engine.total - part.offset) }, (_, at) => part.offset + at);
    return {
      order,
      offset: part.offset,
      rows: ids.map((at) => task(`${engine.generation}:${at}`)),
      total,
      held: total,
    };
  };
  return { ...engine, read, engine };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

describe('a long list', () => {
  it('is read where it is looked at, in an order that stands still further down', async () => {
    const { read, asked } = makeEngine(5_000);
    const rows = new RowWindows(read, () => undefined);
    rows.show(0, 30);
    await settle();
    assert.deepEqual([asked, rows.isStill, rows.total], [['0@null'], false, 5_000]);
    rows.show(2_350, 2_410);
    await settle();
    assert.deepEqual(asked.slice(1), ['2300@null', '2400@7']);
    assert.equal(rows.rowAt(2_400)?.id, '0:2400');
    assert.equal(rows.isStill, true);
    assert.equal(rows.rowAt(0), undefined);
    rows.show(0, 30);
    await settle();
    assert.deepEqual(asked.slice(3), ['0@7']);
  });

  it('skips what somebody scrolled past', async () => {
    const { read, asked } = makeEngine(5_000);
    const rows = new RowWindows(read, () => undefined);
    rows.show(0, 30);
    for (let first = 100; first < 4_000; first += 100) rows.show(first, first + 30);
    await settle();
    assert.ok(asked.length <= 3, asked.join(' '));
    assert.equal(rows.rowAt(3_900)?.id, '0:3900');
  });

  it('is read again while its beginning is looked at, and stands still further down until told', async () => {
    const { read, asked, engine } = makeEngine(500);
    const rows = new RowWindows(read, () => undefined);
    rows.show(0, 30);
    await settle();
    engine.generation = 1;
    rows.refresh();
    await settle();
    assert.equal(rows.rowAt(0)?.id, '1:0');
    rows.show(300, 330);
    await settle();
    engine.generation = 2;
    rows.refresh();
    await settle();
    assert.equal(rows.rowAt(300)?.id, '1:300');
    rows.goLive();
    await settle();
    assert.deepEqual([rows.rowAt(0)?.id, rows.isStill, asked.at(-1)], ['2:0', false, '0@null']);
  });

  it('says why it could not be read, and can be asked again', async () => {
    const problems: unknown[] = [];
    let isDown = true;
    const { read } = makeEngine(10);
    const rows = new RowWindows(
      (part) => (isDown ? Promise.reject(new Error('away')) : read(part)),
      (problem) => problems.push(problem),
    );
    rows.show(0, 30);
    await settle();
    isDown = false;
    rows.refresh();
    await settle();
    assert.deepEqual(problems.map(String), ['Error: away', 'null']);
    assert.equal(rows.total, 10);
  });
});

describe('what is kept of the tables', () => {
  it('is read as far as it makes sense', () => {
    const view = withColumn(sortedBy({ ...firstTableView, tab: 'queues', text: 'x' }, 'runtime'), 'kwargs');
    assert.deepEqual(tableViewFrom(JSON.parse(JSON.stringify(view))), view);
    for (const bad of [null, 3, { tab: 'none', columns: ['nothing'], sort: { column: 'args', descending: true } }])
      assert.deepEqual(tableViewFrom(bad), firstTableView);
  });

  it('becomes the query that the engine is asked', () => {
    const filter = { queue: ['mail'], worker: ['a', 'b'] };
    assert.deepEqual(queryOf({ ...firstTableView, states: ['FAILURE'], text: ' x ' }, filter, { from: 1, to: 2 }), {
      states: ['FAILURE'],
      queues: ['mail'],
      workers: ['a', 'b'],
      text: 'x',
      time: { column: 'updated', from: 1, to: 2 },
      sort: { column: 'updated', descending: true },
    });
    assert.deepEqual(queryOf({ ...firstTableView, tab: 'slowest' }, null, null).sort, {
      column: 'runtime',
      descending: true,
    });
  });

  it('turns a column over when it is chosen again, and keeps at least one column', () => {
    const once = sortedBy(firstTableView, 'name');
    assert.deepEqual(
      [once.sort, sortedBy(once, 'name').sort.descending],
      [{ column: 'name', descending: false }, true],
    );
    assert.equal(sortedBy(firstTableView, 'runtime').sort.descending, true);
    const single = { ...firstTableView, columns: ['id'] as const };
    assert.deepEqual(withColumn(single, 'id').columns, ['id']);
  });
});

describe('a short table', () => {
  const queue = (name: string, ready: number | null) => ({
    queue: {
      name,
      exists: true,
      ready,
      unacked: null,
      consumers: 1,
      updatedAt: 0,
      growthPerSecond: null,
      drainSeconds: null,
      workers: [],
    },
    stats: null,
  });
  const rows = [queue('a', 3), queue('b', null), queue('mail', 20)];
  const names = (column: string, descending: boolean, text = '') =>
    sortFigures(rows, queueColumns, { column, descending }, text, 0).map((row) => row.queue.name);

  it('is sorted and searched where it is shown; rows without a value come last', () => {
    assert.deepEqual(names('ready', true), ['mail', 'a', 'b']);
    assert.deepEqual(names('ready', false), ['a', 'mail', 'b']);
    assert.deepEqual(names('name', true, 'A'), ['mail', 'a']);
  });
});

describe('the short tables', () => {
  it('show what the filter of the page leaves of failures', () => {
    const groups = [
      { taskName: 'orders.charge', workers: ['a@lab', 'b@lab'] },
      { taskName: 'orders.ship', workers: ['b@lab'] },
      { taskName: null, workers: ['c@lab'] },
    ] as unknown as readonly FailureGroup[];
    const shown = (filter: DashboardFilter | null) =>
      groups.filter(failureFits(filter)).map(({ taskName }) => taskName);
    assert.deepEqual(shown(null), ['orders.charge', 'orders.ship', null]);
    assert.deepEqual(shown({ type: ['orders.*'], worker: ['a@lab'] }), ['orders.charge']);
    assert.deepEqual(shown({ worker: ['c@lab'] }), [null]);
    assert.deepEqual(shown({ type: ['nothing'] }), []);
  });
});

describe('rows that are held', () => {
  const start = async (ids: readonly string[] = ['a', 'b', 'c']) => {
    const shown = { ids, state: 'STARTED', total: ids.length };
    const rows = new RowWindows(
      async () => ({
        order: null,
        offset: 0,
        rows: shown.ids.map((id) => ({ ...task(id), state: shown.state })),
        total: shown.total,
        held: shown.total,
      }),
      () => undefined,
    );
    rows.show(0, 30);
    await settle();
    const seen = () => Array.from({ length: rows.total }, (_, at) => `${rows.rowAt(at)?.id} ${rows.rowAt(at)?.state}`);
    const change = async (next: readonly string[], state = 'STARTED'): Promise<void> => {
      Object.assign(shown, { ids: next, state, total: Math.max(shown.total, next.length) });
      rows.refresh();
      await settle();
    };
    return { rows, seen, change };
  };

  it('stay where they are and change there, while what is new waits', async () => {
    const { rows, seen, change } = await start();
    rows.hold(true);
    await change(['new', 'c', 'a', 'b'], 'SUCCESS');
    assert.deepEqual(seen(), ['a SUCCESS', 'b SUCCESS', 'c SUCCESS']);
    assert.deepEqual([rows.waiting, rows.matching], [1, 4]);
  });

  it('move when they are let go, or when what waits is asked for', async () => {
    const { rows, seen, change } = await start();
    rows.hold(true);
    await change(['new', 'c', 'a', 'b']);
    rows.showWaiting();
    await settle();
    assert.deepEqual([seen(), rows.waiting], [['new STARTED', 'c STARTED', 'a STARTED', 'b STARTED'], 0]);
    await change(['b', 'new', 'c', 'a']);
    assert.equal(seen()[0], 'new STARTED');
    rows.hold(false);
    await settle();
    assert.equal(seen()[0], 'b STARTED');
  });

  it('appear at once in a list that was empty', async () => {
    const { rows, seen, change } = await start([]);
    rows.hold(true);
    await change(['a']);
    assert.deepEqual(seen(), ['a STARTED']);
  });

  it('keep the place of a row that is gone', () => {
    const { rows, waiting } = heldRows(['a', 'b'], ['c', 'a'], (row) => row);
    assert.deepEqual([rows, waiting], [['a', null], 1]);
  });
});
