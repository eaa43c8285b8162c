import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, editDistance, nearest } from '../../../server/text/nearest.ts';

const commands = ['status', 'events', 'tasks', 'task', 'snapshot', 'replay', 'help'];

test('finds the word that was meant behind a slip of the fingers', () => {
  assert.equal(nearest('stauts', commands), 'status');
  assert.equal(nearest('Event', commands), 'events');
  assert.equal(nearest('snap', commands), 'snapshot');
  assert.equal(nearest('tsak', commands), 'task');
  assert.equal(nearest('FAILED', ['SUCCESS', 'FAILURE', 'RETRY']), 'FAILURE');
});

test('suggests nothing for a word that is like none', () => {
  assert.equal(nearest('frobnicate', commands), null);
  assert.equal(nearest('PROGRESS', ['PENDING', 'RECEIVED', 'STARTED', 'SUCCESS', 'FAILURE', 'REJECTED']), null);
  assert.equal(nearest('x', []), null);
});

test('counts a swap of neighbours as one slip', () => {
  assert.equal(editDistance('stauts', 'status'), 1);
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('same', 'same'), 0);
});

test('ends a sentence with a question, or with nothing', () => {
  assert.equal(didYouMean('replya', commands), ' Did you mean "replay"?');
  assert.equal(didYouMean('frobnicate', commands), '');
});
