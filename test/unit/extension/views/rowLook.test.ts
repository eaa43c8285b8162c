import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionView } from '../../../../extension/views/connectionView.ts';
import { lookOf } from '../../../../extension/views/rowView.ts';
import { aSnapshot, someCounters } from '../../aSnapshot.ts';

test('a connection is drawn anew for the first message that could not be read, and then only as they double', () => {
  const lookWith = (invalid: number): string =>
    lookOf(connectionView(aSnapshot({ counters: someCounters({ invalid }) }), 9_000));
  assert.notEqual(lookWith(0), lookWith(1));
  assert.equal(lookWith(3), lookWith(6));
  assert.notEqual(lookWith(6), lookWith(7));
});
