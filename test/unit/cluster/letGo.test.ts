import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Broker } from '../../../server/brokers/broker.ts';
import { Cluster } from '../../../server/cluster/cluster.ts';

const connection = {
  id: 'a',
  name: 'a',
  url: 'redis://',
  transportOptions: {},
  workerLostAfterMs: 20_000,
  maxTasks: 10,
};

const broker: Broker = { kind: 'redis', maskedUrl: 'redis://', connect: () => new Promise(() => undefined) };

const online = (hostname: string) => ({
  type: 'worker-online',
  hostname,
  timestamp: 1,
  utcoffset: 0,
  pid: 1,
  clock: 1,
});

test('what changed is let go of once a minute where nobody listens, and kept for whoever does', () => {
  mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
  let now = 1_000_000;
  const minute = (): void => {
    now += 61_000;
    mock.timers.tick(1_000);
  };
  const cluster = new Cluster({ connection, broker, epoch: 'a', now: () => now, log: () => undefined });
  cluster.start();
  minute();
  cluster.state.apply(online('a@x'), now);
  assert.equal(cluster.state.hasWorkerChanges, true);
  minute();
  assert.equal(cluster.state.hasWorkerChanges, false);
  const told: string[] = [];
  cluster.listen(({ changes }) => told.push(...changes.map(({ kind }) => kind)));
  cluster.state.apply(online('b@x'), now);
  minute();
  mock.timers.tick(100);
  assert.ok(told.includes('worker'));
  mock.timers.reset();
});
