import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order } from '../../../../extension/control/orderWords.ts';
import { undoOf } from '../../../../extension/control/undo.ts';

const anOrder = (method: string, words: readonly string[], more: Partial<Order> = {}): Order => ({
  method,
  title: 'It',
  help: 'It',
  words,
  destination: null,
  ...more,
});
const undone = (order: Order): string | null => {
  const undo = undoOf(order, ['one']);
  return undo && [undo.method, ...undo.words, ...(undo.destination ?? [])].join(' ');
};

test('what was added is removed again, by the workers that added it', () => {
  assert.equal(undone(anOrder('add_consumer', ['queue=a', 'exchange=x'])), 'cancel_consumer queue=a one');
  assert.equal(undone(anOrder('cancel_consumer', ['queue=a'])), 'add_consumer queue=a one');
  assert.equal(undone(anOrder('pool_grow', ['n=2'])), 'pool_shrink n=2 one');
  assert.equal(undone(anOrder('disable_events', [])), 'enable_events one');
});

test('a limit becomes what it was before, also where there was none', () => {
  const limits = { rateLimit: '10/m', softSeconds: 5, hardSeconds: null };
  const none = { rateLimit: null, softSeconds: null, hardSeconds: null };
  const rate = ['task_name=a', 'rate_limit=1/s'];
  assert.equal(
    undone(anOrder('rate_limit', rate, { before: { limits } })),
    'rate_limit task_name=a rate_limit=10/m one',
  );
  assert.equal(
    undone(anOrder('rate_limit', rate, { before: { limits: none } })),
    'rate_limit task_name=a rate_limit=0 one',
  );
  const times = ['task_name=a', 'soft=1'];
  assert.equal(undone(anOrder('time_limit', times, { before: { limits } })), 'time_limit task_name=a soft=5 one');
  assert.equal(undone(anOrder('time_limit', times, { before: { limits: none } })), null);
});

test('there is nothing to undo where no worker changed anything, and an undo is not undone', () => {
  assert.equal(undoOf(anOrder('pool_grow', ['n=2']), []), null);
  assert.equal(undone(anOrder('pool_grow', ['n=2'], { isUndo: true })), null);
  assert.equal(undone(anOrder('shutdown', [])), null);
});
