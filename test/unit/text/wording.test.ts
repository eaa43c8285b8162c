import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, clockTime, dayAndTime, plural, printable } from '../../../server/text/wording.ts';

test('counts things', () => {
  assert.equal(plural(1, 'task'), '1 task');
  assert.equal(plural(1204, 'task'), '1,204 tasks');
  assert.equal(ago(400), 'just now');
  assert.equal(ago(4_900), '4 s ago');
});

test('writes times by this machine’s clock', () => {
  const at = new Date(2026, 10, 20, 5, 7, 9, 45).getTime();
  assert.equal(clockTime(at), '05:07:09.045');
  assert.equal(dayAndTime(at), '2026-11-20 05:07:09.045');
});

test('lets nothing from outside move the cursor, colour the terminal or turn the writing round', () => {
  assert.equal(printable('plain – ä 日 🥬'), 'plain – ä 日 🥬');
  assert.equal(printable('two\nlines\tand\r'), 'two\\nlines\\tand\\r');
  assert.equal(printable('\u001b[2Jgone\u0007'), '\\u001b[2Jgone\\u0007');
  assert.equal(printable('\u009b31m\u202eabc'), '\\u009b31m\\u202eabc');
});
