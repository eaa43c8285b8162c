import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../../server/api/history.ts';
import type { BrokerSession } from '../../../server/brokers/broker.ts';
import { BeatBook } from '../../../server/cluster/beatBook.ts';
import { Operations } from '../../../server/cluster/operations.ts';
import { QueueBook } from '../../../server/cluster/queueBook.ts';

const unasked = async () => assert.fail('nobody asks for this');

const aSession = (peekingTouches: string | null): BrokerSession => ({
  server: { product: 'Memory', version: null },
  resumed: false,
  ended: Promise.resolve(null),
  broadcast: unasked,
  openReplies: unasked,
  mailboxNames: unasked,
  queueNames: unasked,
  overview: unasked,
  queueDepths: unasked,
  publish: unasked,
  purge: unasked,
  peekingTouches,
  peek: async () => ({ messages: [], touched: peekingTouches }),
  close: async () => undefined,
});

const anOperations = (parts: { readonly touches: string | null; readonly readOnly?: string }) => {
  const audit: AuditEntry[] = [];
  const operations = new Operations({
    session: aSession(parts.touches),
    workers: () => new Map(),
    beats: new BeatBook(() => new Map()),
    queues: new QueueBook(),
    readOnly: parts.readOnly ?? null,
    now: () => 1_000,
    limitBytes: 1e6,
    onTooLarge: assert.fail,
    until: async () => false,
    keepAudit: (entry) => audit.push(entry),
  });
  return { operations, audit };
};

test('looking into a queue is refused on a read-only connection only where it changes the queue', async () => {
  const harmless = anOperations({ touches: null, readOnly: 'orders-prod' });
  assert.deepEqual(await harmless.operations.peek('emails', 5), { messages: [], touched: null });
  const marking = anOperations({ touches: 'They are marked.', readOnly: 'orders-prod' });
  await assert.rejects(async () => marking.operations.peek('emails', 5), { code: 'readOnly' });
});

test('a look that changes a queue leaves a line in the audit log, any other does not', async () => {
  const marking = anOperations({ touches: 'They are marked.' });
  await marking.operations.peek('emails', 5);
  assert.deepEqual(
    marking.audit.map(({ action, target, sentence }) => [action, target, sentence]),
    [['peek', 'emails', 'They are marked.']],
  );
  const harmless = anOperations({ touches: null });
  await harmless.operations.peek('emails', 5);
  assert.deepEqual(harmless.audit, []);
});
