import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ago,
  clockTime,
  dayAndTime,
  duration,
  percent,
  plural,
  printable,
  rate,
} from '../../../server/text/wording.ts';

test('says a length of time with as many digits as matter', () => {
  const said: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [0.000_4, '0.4 ms'],
    [0.0123, '12 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1 s'],
    [1.234, '1.23 s'],
    [12.34, '12.3 s'],
    [59.96, '1 m'],
    [75, '1 m 15 s'],
    [3_600, '1 h'],
    [12_000, '3 h 20 m'],
    [352_800, '4 d 2 h'],
    [-0.005, '-5 ms'],
  ];
  for (const [seconds, text] of said) assert.equal(duration(seconds), text);
  assert.equal(duration(Number.NaN), '–');
});

test('counts things', () => {
  assert.equal(plural(1, 'task'), '1 task');
  assert.equal(plural(1204, 'task'), '1,204 tasks');
  assert.equal(rate(0), '0');
  assert.equal(rate(0.04), '0.04');
  assert.equal(rate(3.14), '3.1');
  assert.equal(rate(1204.4), '1,204');
  assert.equal(percent(0.004), '0.4 %');
  assert.equal(percent(0.5), '50 %');
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
