import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historyIdOf } from '../../../../server/faces/cli/serveHistory.ts';

const name = 'redis://:***@host:6379/0';
const withMaster = (password: string) => ({ master_name: 'one', sentinel_kwargs: { password } });

test('a cluster keeps its history when its password changes', () => {
  assert.equal(
    historyIdOf({ name, transportOptions: withMaster('old') }),
    historyIdOf({ name, transportOptions: withMaster('new') }),
  );
});

test('two clusters of one server have histories of their own', () => {
  const ids = [{}, { global_keyprefix: 'a' }, { global_keyprefix: 'b' }, withMaster('old')].map((transportOptions) =>
    historyIdOf({ name, transportOptions }),
  );
  assert.equal(new Set(ids).size, 4);
});

test('the order of the options makes no other cluster', () => {
  assert.equal(
    historyIdOf({ name, transportOptions: { a: 1, b: 2 } }),
    historyIdOf({ name, transportOptions: { b: 2, a: 1 } }),
  );
});
