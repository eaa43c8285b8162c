import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesOf, differenceWords } from '../../../../extension/answers/differences.ts';

const differing = (one: unknown, other: unknown) => differencesOf(JSON.stringify(one), JSON.stringify(other));

test('names the settings in which two workers differ, and those that only one has', () => {
  const one = { timezone: 'UTC', worker_concurrency: 4, only_here: 1 };
  const other = { timezone: 'UTC', worker_concurrency: 8 };
  assert.deepEqual(differing(one, other), ['only_here', 'worker_concurrency']);
});

test('names the members that stand in one list only', () => {
  assert.deepEqual(differing(['lab.add', 'lab.echo'], ['lab.echo', 'lab.mail']), ['lab.add', 'lab.mail']);
});

test('finds nothing between equal answers of any kind', () => {
  for (const value of [{ a: { b: [1] } }, ['x'], 'text', 7, null, [{ id: 1 }]])
    assert.deepEqual(differing(value, value), []);
});

test('says how many differ, and names the first of them', () => {
  assert.equal(differenceWords([]), 'no difference');
  assert.equal(differenceWords(['a', 'b']), '2 differ: a, b');
  assert.equal(differenceWords(['a', 'b', 'c', 'd', 'e']), '5 differ: a, b, c, d …');
});
