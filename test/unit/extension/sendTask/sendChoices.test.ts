import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  expiresDefect,
  momentDefect,
  orderedChoices,
  priorityDefect,
  readMoment,
} from '../../../../extension/sendTask/sendChoices.ts';

test('reads a number as seconds from now and a time as the time of this machine', () => {
  assert.deepEqual(readMoment('90'), { countdownSeconds: 90 });
  assert.deepEqual(readMoment('2030-01-31 09:00'), { eta: new Date('2030-01-31T09:00').toISOString() });
  assert.deepEqual(readMoment('2030-01-31T09:00:00+01:00'), { eta: '2030-01-31T08:00:00.000Z' });
});

test('refuses what is neither, before anything is sent', () => {
  for (const text of ['soon', '-1', '2030-13-31 09:00', '2030-01-31']) assert.notEqual(momentDefect(text), null, text);
  for (const text of ['256', '-1', '1.5', 'high']) assert.notEqual(priorityDefect(text), null, text);
  for (const text of ['0', '-5', 'never']) assert.notEqual(expiresDefect(text), null, text);
});

test('says nothing of what was left out', () => {
  assert.deepEqual(orderedChoices({ when: null, priority: null, expires: null }), {});
  assert.deepEqual(orderedChoices({ when: '5', priority: '9', expires: '600' }), {
    countdownSeconds: 5,
    priority: 9,
    expiresSeconds: 600,
  });
});
