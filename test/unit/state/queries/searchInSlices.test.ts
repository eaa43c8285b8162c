import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskQuery } from '../../../../server/api/tasks.ts';
import { ClusterState } from '../../../../server/state/clusterState.ts';
import type { Sliced } from '../../../../server/state/queries/slices.ts';
import { applyAll, idOf, received } from '../someEvents.ts';

const count = 8_000;

const aState = (show: (text: string) => string = (text) => text): ClusterState => {
  const state = new ClusterState({ maxTasks: count, workerLostAfterMs: 20_000, startedAt: 0, show });
  for (let index = 0; index < count; index++)
    applyAll(state, received(idOf(index), index, { args: `(${index}, 'common', 'secret=hunter2')` }));
  return state;
};

const queries: readonly TaskQuery[] = [
  { text: 'common' },
  { text: 'nowhere' },
  { text: 'hunter2' },
  { text: 'common', sort: { column: 'received', descending: false } },
  { text: 'common', sort: { column: 'args', descending: true } },
];

test('no slice of a search covers more than a part of the texts', () => {
  let covered = 0;
  const state = aState((text) => {
    covered++;
    return text.replace('hunter2', '********');
  });
  const mostOf = (work: Sliced<unknown>): number => {
    let most = 0;
    for (let isDone = false; !isDone; ) {
      covered = 0;
      isDone = work.next().done === true;
      most = Math.max(most, covered);
    }
    return most;
  };
  for (const query of queries) {
    const window = { query, offset: 0, limit: 50, order: null };
    const name = JSON.stringify(query);
    assert.ok(mostOf(state.tasks.pageInSlices(query)) <= 2_500, name);
    assert.ok(mostOf(state.tasks.windowInSlices(window)) <= 2_500, name);
    assert.ok(mostOf(state.tasks.windowInSlices({ ...window, offset: 50 })) <= 2_500, name);
  }
});

test('a task that comes in the place of a found one while a search goes on is not among the found', () => {
  const state = aState();
  const search = state.tasks.pageInSlices({
    text: 'common',
    sort: { column: 'received', descending: false },
    limit: 1_000,
  });
  search.next();
  search.next();
  for (let index = 0; index < count; index++)
    applyAll(state, received(idOf(count + index), count + index, { args: '()' }));
  for (;;) {
    const step = search.next();
    if (!step.done) continue;
    assert.deepEqual(step.value.tasks, []);
    return;
  }
});
