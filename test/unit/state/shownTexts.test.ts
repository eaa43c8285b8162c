import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskQuery } from '../../../server/api/tasks.ts';
import { ClusterState } from '../../../server/state/clusterState.ts';
import { applyAll, idOf, received } from './someEvents.ts';

const show = (text: string): string => text.replaceAll(/secret=\w+/g, 'secret=***');

const aState = (...args: readonly string[]): ClusterState => {
  const state = new ClusterState({ maxTasks: 100, workerLostAfterMs: 20_000, startedAt: 0, show });
  for (const [index, text] of args.entries()) applyAll(state, received(idOf(index), index, { args: text }));
  return state;
};

const found = (state: ClusterState, text: string): readonly (number | null)[] => {
  const orders: readonly TaskQuery[] = [{ text }, { text, sort: { column: 'name', descending: false } }];
  return [
    ...orders.map((query) => state.tasks.page(query).matching),
    state.tasks.window({ query: { text }, offset: 0, limit: 10, order: -1 }).total,
  ];
};

test('a search finds no task by a secret, and every task by what is shown of it', () => {
  const state = aState("('secret=hunter2', 'visible')", "('hunter2 in the open',)");
  assert.deepEqual(found(state, 'visible'), [1, 1, 1]);
  assert.deepEqual(found(state, 'HUNTER2'), [1, 1, 1], 'only where it is shown');
  assert.deepEqual(found(state, 'secret=h'), [0, 0, 0]);
});

test('an order by a text goes by what is shown, and its cursor holds nothing else', () => {
  const state = aState("('secret=zzz', 1)", "('secret=aaa', 2)", "('secret=mmm', 3)");
  const query: TaskQuery = { sort: { column: 'args', descending: false }, limit: 2 };
  const page = state.tasks.page(query);
  assert.deepEqual(
    page.tasks.map(({ id }) => id),
    [idOf(0), idOf(1)],
  );
  assert.doesNotMatch(Buffer.from(page.nextCursor ?? '', 'base64url').toString('latin1'), /zzz|aaa|mmm/);
  const next = state.tasks.page({ ...query, cursor: page.nextCursor ?? '' });
  assert.deepEqual(
    next.tasks.map(({ id }) => id),
    [idOf(2)],
  );
});
