import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from '../../../../extension/answers/questionWords.ts';

const inspect = { kind: 'inspect', clusterId: 'shop', method: 'conf', words: [], destination: null } as const;

test('a tab shows what was asked, of which workers unless of all, and on which connection', () => {
  assert.equal(pathOf(inspect), '/shop/conf · shop');
  assert.equal(pathOf({ ...inspect, destination: ['api@lab'] }), '/shop/conf api@lab · shop');
  assert.equal(pathOf({ kind: 'peek', clusterId: 'shop', queue: 'emails', limit: 5 }), '/shop/emails · shop');
  assert.equal(pathOf({ kind: 'audit', clusterId: 'shop' }), '/shop/audit log · shop');
});

test('a name with slashes makes no folders', () => {
  assert.equal(pathOf({ kind: 'peek', clusterId: 'a/b', queue: 'c/d', limit: 5 }).split('/').length, 3);
});
