import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkerPlaces } from '../../../../extension/debug/debugpy/workerPlaces.ts';

const memento = (kept: Record<string, unknown> = {}) => ({
  keys: () => Object.keys(kept),
  get: <T>(key: string, otherwise?: T): T => (kept[key] ?? otherwise) as T,
  update: async (key: string, value: unknown): Promise<void> => {
    kept[key] = JSON.parse(JSON.stringify(value));
  },
});

test('keeps host, port and folder of each worker for the next time', async () => {
  const kept = memento();
  const places = new WorkerPlaces(kept);
  await places.remember('shop', 'api@a', { host: 'a', port: 5680, folder: '/app' });
  await places.remember('shop', 'api@b', { host: 'b', port: 5690 });
  await places.remember('shop', 'api@b', { host: 'b', port: 5700 });
  const again = new WorkerPlaces(kept);
  assert.deepEqual(again.of('shop', 'api@a'), { host: 'a', port: 5680, folder: '/app' });
  assert.deepEqual(again.of('shop', 'api@b'), { host: 'b', port: 5700 });
  assert.equal(again.of('other', 'api@a'), null);
});

test('forgets the oldest of very many, and what it cannot read', async () => {
  const places = new WorkerPlaces(memento());
  for (let at = 0; at < 60; at += 1) await places.remember('shop', `api@${at}`, { host: 'h', port: 1_000 + at });
  assert.equal(places.of('shop', 'api@9'), null);
  assert.equal(places.of('shop', 'api@10')?.port, 1_010);
  assert.equal(new WorkerPlaces(memento({ 'celeriac.debugpy.workers': 7 })).of('shop', 'api@9'), null);
});
