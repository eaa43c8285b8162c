import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StandingTasks } from '../../../../extension/debug/waiting/standingTasks.ts';

test('those who show tasks hear of it only when others wait', () => {
  const standing = new StandingTasks();
  let heard = 0;
  const listener = standing.onDidChange(() => {
    heard += 1;
  });
  standing.replace([]);
  standing.replace(['a']);
  standing.replace(['a']);
  standing.replace(['b']);
  assert.deepEqual([heard, [...standing.ids]], [2, ['b']]);
  listener.dispose();
  standing.replace([]);
  assert.equal(heard, 2);
});
