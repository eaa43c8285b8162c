import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTally } from '../../../scripts/tally/readTally.ts';
import { filesToTryAgain, withSecondTry } from '../../../scripts/tally/secondTry.ts';

const lines = (...records: readonly object[]): string => records.map((each) => `${JSON.stringify(each)}\n`).join('');
const passed = { kind: 'passed' };
const failed = (name: string) => ({ kind: 'failed', name });
const file = (name: string) => ({ kind: 'file', file: name, seconds: 1 });

const red = parseTally(lines(passed, file('a'), failed('waits'), passed, file('b'), failed('c')));

test('a file that failed, and one that did not come to its end, are tried again', () => {
  assert.deepEqual(filesToTryAgain(['a', 'b', 'c'], red), ['b', 'c']);
  assert.deepEqual(filesToTryAgain(['a'], red), []);
});

test('more than a few are not: that is no chance', () => {
  assert.deepEqual(filesToTryAgain(['b', 'c', 'd', 'e'], red), []);
});

test('the second try counts, and what failed in the first is named', () => {
  const second = parseTally(lines(passed, passed, file('b'), failed('still'), file('c')));
  const { tally, failedOnce } = withSecondTry(red, second, ['b', 'c']);
  const counts = [...tally.files].map(([name, each]) => [name, each.passed, each.failed.length]);
  assert.deepEqual(counts, [
    ['a', 1, 0],
    ['b', 2, 0],
    ['c', 0, 1],
  ]);
  assert.deepEqual(failedOnce, ['waits', 'c']);
  assert.deepEqual(tally.broken, []);
});

test('a line that is not whole yet does not count', () => {
  assert.deepEqual(parseTally(`${lines(passed, file('a'))}{"kind":"fai`).files.get('a')?.failed, []);
});
