import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MessagePort, messageHost } from '../../../media/page/messageHost.ts';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { HostMessage, PageMessage } from '../../../server/api/page.ts';

const address = { kind: 'dashboard', clusterId: 'shop' } as const;

class FakePort implements MessagePort {
  readonly posted: PageMessage[] = [];
  tell: (message: HostMessage) => void = () => undefined;
  saved: unknown;
  post(message: PageMessage): void {
    this.posted.push(message);
  }
  listen(listener: (message: HostMessage) => void): void {
    this.tell = listener;
  }
  load(): unknown {
    return this.saved;
  }
  save(value: unknown): void {
    this.saved = value;
  }
}

test('gives each question its own answer, in whichever order they come', async () => {
  const port = new FakePort();
  const host = messageHost(port, address);
  const first = host.request('taskDetail', { clusterId: 'shop', id: 'a' });
  const second = host.request('taskDetail', { clusterId: 'shop', id: 'b' });
  const [one, two] = port.posted;
  assert.ok(one && two && one.id !== two.id);
  port.tell({ kind: 'answer', id: two.id, result: 'second' });
  port.tell({ kind: 'answer', id: one.id, result: 'first' });
  assert.deepEqual([await first, await second], ['first', 'second']);
});

test('a refusal keeps its code and its sentence', async () => {
  const port = new FakePort();
  const done = messageHost(port, address).act('celeriac.showLogs', 1);
  assert.deepEqual(port.posted, [{ kind: 'act', id: 1, command: 'celeriac.showLogs', args: [1] }]);
  port.tell({ kind: 'refusal', id: 1, error: { code: 'readOnly', sentence: 'shop is read-only.' } });
  await assert.rejects(done, (error) => error instanceof CeleriacError && error.code === 'readOnly');
});

test('what a page keeps is there again for the page after it, beside the address that restores its panel', () => {
  const port = new FakePort();
  const host = messageHost(port, address);
  assert.deepEqual([host.kept, port.saved], [undefined, { address, view: undefined }]);
  host.keep({ rangeSeconds: 300 });
  assert.deepEqual(messageHost(port, address).kept, { rangeSeconds: 300 });
  assert.deepEqual(port.saved, { address, view: { rangeSeconds: 300 } });
});

test('tells of changes until the listener leaves', () => {
  const port = new FakePort();
  const heard: unknown[] = [];
  const leave = messageHost(port, address).onChange(({ kinds }) => heard.push(kinds));
  port.tell({ kind: 'changed', clusterId: 'shop', kinds: ['queue'] });
  leave();
  port.tell({ kind: 'changed', clusterId: 'shop', kinds: null });
  assert.deepEqual(heard, [['queue']]);
});
