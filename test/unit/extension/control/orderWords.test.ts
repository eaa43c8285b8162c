import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLine, type Order, orderTitle, writeOf } from '../../../../extension/control/orderWords.ts';

const anOrder = (parts: Partial<Order>): Order => ({
  method: 'pool_grow',
  title: 'Grow Pool (n=2)',
  help: 'Adds processes or threads to the pool',
  words: [],
  destination: null,
  ...parts,
});
const weight = (parts: Partial<Order>) => writeOf(anOrder(parts), []).weight;

test('what ends something is asked in a dialog, what limits it in passing, what is easily undone not at all', () => {
  assert.equal(weight({ method: 'shutdown' }), 'modal');
  assert.equal(weight({ method: 'terminate' }), 'modal');
  assert.equal(weight({ method: 'revoke', words: ['task_id=a', 'terminate=yes'] }), 'modal');
  assert.equal(weight({ method: 'revoke', words: ['task_id=a', 'terminate=no'] }), 'confirmed');
  assert.equal(weight({ method: 'rate_limit' }), 'confirmed');
  assert.equal(weight({ method: 'pool_grow', words: ['n=2'] }), 'plain');
});

test('says what is sent and to whom', () => {
  const write = writeOf(anOrder({ words: ['n=2'], destination: ['celery@one'] }), ['celery@one', 'celery@two']);
  assert.equal(write.title, 'Grow Pool (n=2)');
  assert.equal(write.consequence, 'Adds processes or threads to the pool. It goes to celery@one.');
});

test('names every worker when all are meant, and counts those that find no room', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  assert.match(writeOf(anOrder({}), names).consequence, /every worker \(7\): a, b, c, d, e and 2 more\.$/);
});

test('is called by its name with what was filled in, for people and for a command line', () => {
  assert.equal(orderTitle('Grow Pool', ['n=2']), 'Grow Pool (n=2)');
  assert.equal(orderTitle('Enable Events', []), 'Enable Events');
  assert.equal(commandLine(anOrder({ words: ['n=2'] })), 'pool_grow n=2');
});
