import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLine, type Order, orderTitle, writeOf } from '../../../../extension/control/orderWords.ts';

const anOrder = (parts: Partial<Order>): Order => ({
  method: 'pool_grow',
  title: 'Grow Pool (n=2)',
  help: 'Add processes or threads to the pool',
  words: [],
  destination: null,
  ...parts,
});
const weight = (parts: Partial<Order>) => writeOf(anOrder(parts), []).weight;

test('a command that ends something is confirmed in a dialog, a limit in passing, and what can be undone not at all', () => {
  assert.equal(weight({ method: 'shutdown' }), 'modal');
  assert.equal(weight({ method: 'terminate' }), 'modal');
  assert.equal(weight({ method: 'revoke', words: ['task_id=a', 'terminate=yes'] }), 'modal');
  assert.equal(weight({ method: 'revoke', words: ['task_id=a', 'terminate=no'] }), 'confirmed');
  assert.equal(weight({ method: 'rate_limit' }), 'confirmed');
  assert.equal(weight({ method: 'pool_grow', words: ['n=2'] }), 'plain');
});

test('a confirmation names the workers first, then the effect', () => {
  const write = writeOf(anOrder({ words: ['n=2'], destination: ['celery@one'] }), ['celery@one', 'celery@two']);
  assert.equal(write.title, 'Grow Pool (n=2)');
  assert.equal(write.consequence, 'On celery@one. Add processes or threads to the pool.');
});

test('a confirmation for all workers lists them, and counts those that find no room', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  assert.match(writeOf(anOrder({}), names).consequence, /^On all 7 workers: a, b, c, d, e and 2 more\./);
});

test('is called by its name with what was filled in, for people and for a command line', () => {
  assert.equal(orderTitle('Grow Pool', ['n=2']), 'Grow Pool (n=2)');
  assert.equal(orderTitle('Enable Events', []), 'Enable Events');
  assert.equal(commandLine(anOrder({ words: ['n=2'] })), 'pool_grow n=2');
});
