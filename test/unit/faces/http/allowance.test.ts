import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Allowance } from '../../../../server/faces/http/allowance.ts';
import { peerGroup } from '../../../../server/faces/http/peerGroup.ts';

test('an allowance gives a burst, then so much a second, to each for itself', () => {
  const allowance = new Allowance({ burst: 3, perSecond: 2 });
  assert.deepEqual(
    [0, 0, 0, 0].map(() => allowance.take('a', 0)),
    [0, 0, 0, 500],
  );
  assert.equal(allowance.take('b', 0), 0);
  assert.equal(allowance.take('a', 499), 1);
  assert.equal(allowance.take('a', 500), 0);
  assert.equal(allowance.take('a', 500), 500);
  assert.deepEqual(
    [0, 0, 0, 0].map(() => allowance.take('a', 1_000_000)),
    [0, 0, 0, 500],
  );
});

test('a clock that goes back takes nothing away for good', () => {
  const allowance = new Allowance({ burst: 1, perSecond: 1 });
  assert.equal(allowance.take('a', 10_000), 0);
  assert.ok(allowance.take('a', 0) > 0);
  assert.equal(allowance.take('a', 11_000), 0);
});

test('all addresses of one network are one client', () => {
  assert.equal(peerGroup('10.1.2.3'), '10.1.2.3');
  assert.equal(peerGroup('::ffff:10.1.2.3'), '10.1.2.3');
  assert.equal(peerGroup('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
  assert.equal(peerGroup('2001:db8:1:2::6'), '2001:db8:1:2::/64');
  assert.equal(peerGroup('2001:db8::6'), '2001:db8:0:0::/64');
  assert.equal(peerGroup('::1'), '0:0:0:0::/64');
});
