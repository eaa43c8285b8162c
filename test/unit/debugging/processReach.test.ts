import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesGdb, traceObstacle } from '../../../server/debugging/processReach.ts';

const plain = { own: 1_000, owner: 1_000, status: 'Name:\tnode\nCapEff:\t0000000000000000\n', scope: 0 };
const root = { ...plain, own: 0, status: 'CapEff:\t000001ffffffffff\n' };

test("a process of one's own may be traced where Linux allows it", () => {
  assert.equal(traceObstacle(plain), null);
  assert.equal(traceObstacle({ ...plain, scope: 1 }), 'ptraceForbidden');
  assert.equal(traceObstacle({ ...plain, owner: 0 }), 'otherUser');
});

test('root may trace everything, unless a container took that right or nobody has it', () => {
  assert.equal(traceObstacle({ ...root, scope: 2 }), null);
  assert.equal(traceObstacle({ ...root, scope: 3 }), 'ptraceForbidden');
  // What Docker leaves to root.
  const contained = { ...root, status: 'CapEff:\t00000000a80425fb\n' };
  assert.equal(traceObstacle(contained), 'otherUser');
  assert.equal(traceObstacle({ ...contained, owner: 0 }), null);
  assert.equal(traceObstacle({ ...contained, owner: 0, scope: 1 }), 'ptraceForbidden');
});

test('it takes gdb to get into a Python before 3.14', () => {
  const programs = ['/usr/bin/python3.8', '/usr/bin/python3.13', '/usr/local/bin/python3.14', '/opt/python'];
  assert.deepEqual(programs.map(takesGdb), [true, true, false, true]);
});
