import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSocketTable } from '../../../../server/debugging/socketTable.ts';
import { listenersWithoutVisitor } from '../../../../server/debugging/waiting/listeners.ts';

const header =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                     ';
const row = (index: number, local: string, remote: string, state: string, inode: number): string =>
  `   ${index}: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 00000000ecc90912 100 0 0 10 0`;

test('a socket that listens waits; one that has its visitor does not', () => {
  const table = [
    header,
    row(0, '0100007F:1AF5', '00000000:0000', '0A', 12),
    row(1, '0100007F:1AF4', '00000000:0000', '0A', 11),
    row(2, '0100007F:1AF5', '0100007F:D431', '01', 13),
    row(3, '0100007F:D431', '0100007F:1AF5', '01', 14),
  ].join('\n');
  assert.deepEqual(listenersWithoutVisitor(readSocketTable(table)), [{ host: '127.0.0.1', port: 6900, inode: '11' }]);
});

test('the same port of another address is another place; who listens everywhere is visited anywhere', () => {
  const table = [
    header,
    row(0, '0200007F:1AF4', '00000000:0000', '0A', 21),
    row(1, '0100007F:1AF4', '00000000:0000', '0A', 22),
    row(2, '0100007F:1AF4', '0100007F:D431', '01', 23),
    row(3, '00000000:1AF5', '00000000:0000', '0A', 24),
    row(4, '00000000:1AF6', '00000000:0000', '0A', 25),
    row(5, '0A00000A:1AF6', '0B00000A:D431', '01', 26),
  ].join('\n');
  assert.deepEqual(listenersWithoutVisitor(readSocketTable(table)), [
    { host: '127.0.0.2', port: 6900, inode: '21' },
    { host: '127.0.0.1', port: 6901, inode: '24' },
  ]);
});
