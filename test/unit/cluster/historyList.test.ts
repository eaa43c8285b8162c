import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskPage, TaskQuery, TaskSummary } from '../../../server/api/tasks.ts';
import { HistoryList } from '../../../server/cluster/historyList.ts';
import type { History } from '../../../server/history/history.ts';
import { applyAll, makeState, received } from '../state/someEvents.ts';

const [model] = applyAll(makeState(), received(1)).tasks.page({}).tasks;

/** A history of `count` tasks that remembers which pages were asked. */
const makeHistory = (count: number) => {
  const asked: (string | undefined)[] = [];
  const queryTasks = async ({ limit = 50, cursor }: TaskQuery): Promise<TaskPage> => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const ids = Array.from({ length: Math.min(limit, count - from) }, (_, at) => from + at);
    const next = from + limit;
    const tasks = ids.map((id): TaskSummary => ({ ...(model as TaskSummary), id: String(id) }));
    return { tasks, nextCursor: next < count ? String(next) : null, matching: null, held: count };
  };
  return { asked, list: new HistoryList({ queryTasks } as unknown as History) };
};

const idsOf = (rows: readonly (TaskSummary | null)[]): (string | undefined)[] => rows.map((row) => row?.id);

describe('a window into the history', () => {
  it('is read page after page, and each page once', async () => {
    const { asked, list } = makeHistory(1_200);
    const first = await list.window({ query: {}, offset: 0, limit: 3, order: null });
    assert.deepEqual([idsOf(first.rows), first.total, first.held], [['0', '1', '2'], 1_000, 1_200]);
    const far = await list.window({ query: {}, offset: 1_198, limit: 100, order: first.order });
    assert.deepEqual([idsOf(far.rows), far.total], [['1198', '1199'], 1_200]);
    await list.window({ query: {}, offset: 700, limit: 100, order: first.order });
    assert.deepEqual(asked, [undefined, '500', '1000']);
  });

  it('begins anew for another query, and for whoever wants it as it is now', async () => {
    const { asked, list } = makeHistory(10);
    const { order } = await list.window({ query: {}, offset: 0, limit: 5, order: null });
    const other = await list.window({ query: { text: 'x' }, offset: 0, limit: 5, order });
    assert.notEqual(other.order, order);
    await list.window({ query: {}, offset: 0, limit: 5, order: null });
    assert.equal(asked.length, 3);
  });

  it('ends at ten thousand', async () => {
    const { list } = makeHistory(50_000);
    const { total, rows } = await list.window({ query: {}, offset: 9_990, limit: 100, order: null });
    assert.deepEqual([total, rows.length], [10_000, 10]);
  });
});
