import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { LiveFigures } from '../../../../extension/codeIntelligence/liveFigures.ts';
import type { TaskTypeFigures } from '../../../../server/api/workerDetail.ts';

const charge: TaskTypeFigures = {
  name: 'orders.charge',
  runs: 10,
  failed: 1,
  retried: 0,
  failureRate: 0.1,
  p50Seconds: 1,
  p95Seconds: 2,
  waitP95Seconds: null,
  perSecond: 1,
  running: 1,
  waiting: 3,
  rateLimit: null,
};

/** A connection whose figures a test changes. */
const aConnection = () => {
  const asked: string[] = [];
  const cluster = { types: [charge] as readonly TaskTypeFigures[], link: 'live' };
  const listeners = new Set<(change: unknown) => void>();
  const snapshot = () => ({
    clusterId: 'shop',
    name: 'shop',
    link: { kind: cluster.link },
    failures: {
      old: { id: 'old', taskName: 'orders.charge', lastSeenAt: 1 },
      new: { id: 'new', taskName: 'orders.charge', lastSeenAt: 2 },
      other: { id: 'other', taskName: 'orders.ship', lastSeenAt: 3 },
    },
  });
  const parts = {
    active: {
      clusterId: 'shop',
      get snapshot() {
        return snapshot();
      },
      onDidChange: () => ({ dispose: () => undefined }),
    },
    mirror: {
      onDidChange: (listener: (change: unknown) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    },
    backend: {
      request: async ({ method }: { method: string }) => {
        asked.push(method);
        return method.endsWith('types') ? cluster.types : [{ name: 'orders.charge', workers: ['w@1'] }];
      },
    },
    log: { error: () => undefined },
  };
  const live = new LiveFigures(parts as never);
  const move = async (ms: number) => {
    for (const listener of listeners) listener({ clusterId: 'shop', changes: [] });
    mock.timers.tick(ms);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { live, cluster, asked, move };
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 10_000 });
});

test('the figures of a task come with its failures, the last one first', async () => {
  const { live } = aConnection();
  const task = await live.of('orders.charge');
  assert.equal(task?.figures, charge);
  assert.deepEqual(
    task?.failures.map(({ id }) => id),
    ['new', 'old'],
  );
  assert.equal((await live.of('orders.never'))?.figures, null);
});

test('many lenses cost one question a second', async () => {
  const { live, asked, move } = aConnection();
  await Promise.all([live.of('orders.charge'), live.of('orders.ship'), live.of('orders.charge')]);
  await live.of('orders.ship');
  assert.equal(asked.length, 1);
  await move(1_000);
  assert.equal(asked.length, 2);
});

test('a change is reported only where what was asked for is another, and nothing is read while nobody asks', async () => {
  const { live, cluster, asked, move } = aConnection();
  let reported = 0;
  live.onDidChange(() => reported++);
  await move(2_000);
  assert.deepEqual(asked, []);
  await live.of('orders.charge');
  await move(1_000);
  assert.equal(reported, 0);
  cluster.types = [{ ...charge, running: 2 }];
  await move(1_000);
  assert.equal(reported, 1);
  const before = asked.length;
  await move(5_000);
  assert.equal(asked.length, before);
});

test('nothing is known of a task while the connection is down', async () => {
  const { live, cluster, asked } = aConnection();
  cluster.link = 'lost';
  assert.equal(await live.of('orders.charge'), null);
  assert.deepEqual(asked, []);
});

test('workers are asked which tasks they know once for many hovers', async () => {
  const { live, asked } = aConnection();
  assert.deepEqual(await live.workersOf('shop', 'orders.charge'), ['w@1']);
  assert.deepEqual(await live.workersOf('shop', 'orders.never'), []);
  assert.equal(asked.length, 1);
});
