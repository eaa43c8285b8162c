import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { Mirror, type MirrorChange } from '../../../extension/mirror.ts';
import { applyChanges, type Change, type ChangeBatch } from '../../../server/api/change.ts';
import type { ClusterSnapshot, Worker } from '../../../server/api/model.ts';
import { aSnapshot, aWorker } from '../aSnapshot.ts';

const batch = (number: number, changes: readonly Change[], epoch = 'e1'): ChangeBatch => ({
  clusterId: 'orders',
  version: { epoch, number },
  changes,
});
const online = (worker: Worker): Change => ({ kind: 'worker', worker });

const startMirror = (fetched: ClusterSnapshot) => {
  const asked: string[] = [];
  const told: MirrorChange[] = [];
  const mirror = new Mirror(
    async (clusterId) => {
      asked.push(clusterId);
      return fetched;
    },
    (error) => assert.fail(String(error)),
  );
  mirror.onDidChange((change) => told.push(change));
  return { mirror, asked, told };
};

test('a snapshot and the batches that follow it are the state of the engine', () => {
  const engine: ClusterSnapshot[] = [aSnapshot({ version: { epoch: 'e1', number: 7 } })];
  const batches = Array.from({ length: 50 }, (_, index) =>
    batch(8 + index, [
      online(aWorker({ hostname: `w${index % 7}`, processed: index })),
      ...(index % 5 === 0 ? [{ kind: 'workerGone', hostname: `w${(index + 3) % 7}` } as const] : []),
    ]),
  );
  for (const each of batches) engine.push(applyChanges(engine.at(-1) ?? aSnapshot(), each));
  for (const start of [0, 1, 25, 49]) {
    const { mirror, asked } = startMirror(aSnapshot());
    mirror.replace(engine[start] ?? aSnapshot());
    for (const each of batches) mirror.apply(each);
    assert.deepEqual(mirror.snapshots.get('orders'), engine.at(-1));
    assert.equal(asked.length, 0, 'batches that are already in the snapshot are passed over');
  }
});

test('a gap in the numbers asks for one snapshot and keeps the old rows until it comes', async () => {
  const fresh = aSnapshot({ version: { epoch: 'e1', number: 9 }, workers: { w9: aWorker({ hostname: 'w9' }) } });
  const { mirror, asked } = startMirror(fresh);
  const old = aSnapshot({ version: { epoch: 'e1', number: 1 }, workers: { w1: aWorker({ hostname: 'w1' }) } });
  mirror.replace(old);
  mirror.apply(batch(3, [online(aWorker({ hostname: 'w3' }))]));
  mirror.apply(batch(4, [online(aWorker({ hostname: 'w4' }))]));
  assert.equal(mirror.snapshots.get('orders'), old);
  await settled();
  assert.deepEqual(asked, ['orders']);
  assert.equal(mirror.snapshots.get('orders'), fresh);
});

test('a batch of another life of the engine is never applied', async () => {
  const fresh = aSnapshot({ version: { epoch: 'e2', number: 5 } });
  const { mirror, asked } = startMirror(fresh);
  mirror.replace(aSnapshot({ version: { epoch: 'e1', number: 1 } }));
  mirror.apply(batch(2, [online(aWorker({ hostname: 'stranger' }))], 'e2'));
  await settled();
  assert.deepEqual(asked, ['orders']);
  assert.deepEqual(mirror.snapshots.get('orders')?.workers, {});
});

test('listeners hear of single changes, and of everything at once after a snapshot', () => {
  const { mirror, told } = startMirror(aSnapshot());
  mirror.replace(aSnapshot({ version: { epoch: 'e1', number: 1 } }));
  const change = online(aWorker({ hostname: 'w1' }));
  mirror.apply(batch(2, [change]));
  mirror.remove('orders');
  assert.deepEqual(told, [
    { clusterId: 'orders', changes: null },
    { clusterId: 'orders', changes: [change] },
    { clusterId: 'orders', changes: null },
  ]);
});

test('what a batch is not about stays the same object, so that whoever derived something from it need not do so again', () => {
  const before = aSnapshot({ version: { epoch: 'e1', number: 1 }, workers: { w1: aWorker({ hostname: 'w1' }) } });
  const after = applyChanges(before, batch(2, [online(aWorker({ hostname: 'w2' }))]));
  assert.equal(after.queues, before.queues);
  assert.deepEqual(Object.keys(after.workers), ['w1', 'w2']);
  assert.deepEqual(Object.keys(before.workers), ['w1'], 'the old snapshot is not touched');
});
