import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageMessageFrom } from '../../../../extension/dashboard/pageMessage.ts';

const commands = ['celeriac.openTask'];
const from = (message: unknown) => pageMessageFrom(message, commands);

test('a page may ask for what only reads, and run the commands of the extension', () => {
  const ask = { kind: 'ask', id: 1, name: 'dashboard', params: { clusterId: 'shop' } };
  const act = { kind: 'act', id: 2, command: 'celeriac.openTask', args: [{ taskId: 'a' }] };
  assert.deepEqual([from(ask), from(act)], [ask, act]);
});

test('what changes a cluster cannot be asked for past its command, nor any other command be run', () => {
  for (const name of ['control', 'openCluster', 'closeCluster', 'toString'])
    assert.equal(from({ kind: 'ask', id: 1, name, params: {} }), null);
  assert.equal(from({ kind: 'act', id: 1, command: 'workbench.action.terminal.new', args: [] }), null);
});

test('nonsense is nothing', () => {
  for (const nonsense of [
    null,
    7,
    'ask',
    {},
    { kind: 'ask', id: '1', name: 'task', params: {} },
    { kind: 'act', id: 1 },
  ])
    assert.equal(from(nonsense), null);
});
