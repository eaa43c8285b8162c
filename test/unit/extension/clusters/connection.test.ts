import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn } from '../../../../extension/rows/rowLook.ts';
import { aSnapshot, someCounters } from '../../aSnapshot.ts';
import { forestOf, lookOf, nodes } from './aForest.ts';

test('a connection is drawn anew for the first message that could not be read, and then only as they double', () => {
  const drawnWith = (invalid: number): string =>
    drawn(lookOf(forestOf(aSnapshot({ counters: someCounters({ invalid }) })), nodes.connection));
  assert.notEqual(drawnWith(0), drawnWith(1));
  assert.equal(drawnWith(3), drawnWith(6));
  assert.notEqual(drawnWith(6), drawnWith(7));
});
