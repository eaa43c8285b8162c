import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDestination } from '../../../../server/faces/cli/readDestination.ts';

test('reads names and one pattern, and refuses what is neither', () => {
  assert.deepEqual(readDestination([]), { names: [], pattern: null });
  assert.deepEqual(readDestination([' a@h , b@h']), { names: ['a@h', 'b@h'], pattern: null });
  assert.deepEqual(readDestination(['a@h,b@h', 'a@h']), { names: ['a@h', 'b@h'], pattern: null });
  assert.deepEqual(readDestination(['web[12]@h']), { names: [], pattern: 'web[12]@h' });
  assert.throws(
    () => readDestination(['a@h', 'b*']),
    /-d accepts one pattern or any number of names; "b\*" is a pattern\.$/,
  );
  assert.throws(() => readDestination(['a@h,']), /-d requires a worker name/);
});
