import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adapterAddress } from '../../../server/debugging/findListeners.ts';
import { readSocketTable } from '../../../server/debugging/socketTable.ts';

test('knows the adapter that debugpy.listen() starts by its command line', () => {
  const words = [
    '/venv/bin/python',
    '/venv/lib/debugpy/adapter',
    '--for-server',
    '45551',
    '--host',
    '0.0.0.0',
    '--port',
    '5680',
  ];
  assert.deepEqual(adapterAddress(words), { host: '127.0.0.1', port: 5680 });
  assert.deepEqual(adapterAddress(words.with(5, '10.0.0.7')), { host: '10.0.0.7', port: 5680 });
  assert.equal(adapterAddress(['python', '-m', 'debugpy.adapter']), null);
  assert.equal(adapterAddress(['vim', 'debugpy/adapter/clients.py']), null);
});

test("reads Linux's table of sockets", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1630 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 59123 1 0000 100 0 0 10 0
   1: 0100007F:A2B4 0100007F:1631 01 00000000:00000000 02:000A7D23 00000000  1000        0 59124 2 0000 20 4 30 10 -1
`;
  assert.deepEqual(readSocketTable(table), [
    {
      localAddress: '0100007F',
      localPort: 5680,
      remotePort: 0,
      isListening: true,
      isConnected: false,
      inode: '59123',
    },
    {
      localAddress: '0100007F',
      localPort: 41_652,
      remotePort: 5681,
      isListening: false,
      isConnected: true,
      inode: '59124',
    },
  ]);
});
