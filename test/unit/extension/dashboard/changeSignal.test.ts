import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ChangeSignal } from '../../../../extension/dashboard/changeSignal.ts';
import type { PageChange } from '../../../../server/api/page.ts';

test('many changes are one message, four times a second at most', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const told: PageChange[] = [];
  const signal = new ChangeSignal('shop', (change) => told.push(change));
  for (let count = 0; count < 100; count++) signal.note([{ kind: 'queueGone', name: `q${count}` }]);
  mock.timers.tick(249);
  assert.equal(told.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(told, [{ clusterId: 'shop', kinds: ['queueGone'] }]);
  signal.note([{ kind: 'queueGone', name: 'a' }]);
  signal.note(null);
  mock.timers.tick(250);
  assert.equal(told[1]?.kinds, null);
  signal.note(null);
  signal.dispose();
  mock.timers.tick(250);
  assert.equal(told.length, 2);
  mock.timers.reset();
});
