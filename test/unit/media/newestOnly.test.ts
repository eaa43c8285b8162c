import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newestOnly } from '../../../media/page/newestOnly.ts';

test('an answer that a later one has overtaken is not the newest', () => {
  const answers = newestOnly();
  const [first, second, third] = [answers.begin(), answers.begin(), answers.begin()];
  assert.equal(first(), true);
  assert.equal(third(), true);
  assert.equal(second(), false);
  assert.equal(answers.begin()(), true);
});
