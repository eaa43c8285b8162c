import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Worker } from '../../../../server/api/model.ts';
import { WaitingWatch } from '../../../../server/debugging/waiting/waitingWatch.ts';
import type { SeenOfWorker, Watcher } from '../../../../server/debugging/waiting/watcher.ts';

const aWatcher = (parts: Partial<Watcher> = {}) => {
  const looks: (readonly SeenOfWorker[])[] = [];
  const watcher: Watcher = { workers: [], isFollowed: true, take: (seen) => looks.push(seen), ...parts };
  return { watcher, looks };
};

/** Something that listens, as rdb does; it counts who comes. */
const listening = async (t: TestContext) => {
  const visits: number[] = [];
  const server = createServer((socket) => {
    visits.push(Date.now());
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { visits, port: (server.address() as AddressInfo).port };
};

test('a place that a banner names waits until its visitor comes, and is never connected to', async (t) => {
  const { port, visits } = await listening(t);
  const watch = new WaitingWatch();
  const place = { host: '127.0.0.1', port };
  const [found, ...others] = await watch.hear([{ kind: 'waits', place }]);
  assert.deepEqual([found?.place, found?.process, others], [place, null, []]);
  assert.deepEqual(await watch.look(), [found], 'and stays the same session');
  assert.deepEqual(visits, []);
  if (process.platform === 'linux') {
    const visitor = connect(port, '127.0.0.1');
    t.after(() => visitor.destroy());
    await once(visitor, 'connect');
  }
  assert.deepEqual(
    process.platform === 'linux' ? await watch.look() : await watch.hear([{ kind: 'visited', port }]),
    [],
  );
});

test('a session of no known worker is every cluster’s; a banner about nothing that listens is no session', async (t) => {
  const { port } = await listening(t);
  const watch = new WaitingWatch();
  const [one, two] = [aWatcher(), aWatcher()];
  for (const { watcher } of [one, two]) t.after(watch.join(watcher));
  const [session] = await watch.hear([
    { kind: 'waits', place: { host: '127.0.0.1', port } },
    { kind: 'waits', place: { host: '127.0.0.1', port: 1 } },
  ]);
  for (const { looks } of [one, two]) assert.deepEqual(looks, [[{ session, hostname: null }]]);
});

test('those who ask during a look share the next one', async (t) => {
  const watch = new WaitingWatch();
  const { watcher, looks } = aWatcher();
  t.after(watch.join(watcher));
  const first = watch.look();
  await Promise.resolve();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 20 }, () => watch.look())]);
  assert.ok(looks.length <= 2, `${looks.length} looks`);
});

test('the watch rests while nobody follows a cluster, and where no worker is known', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const timers = t.mock.method(globalThis, 'setTimeout');
  const worker: Pick<Worker, 'hostname' | 'pid' | 'status'> = { hostname: 'one@host', pid: 4711, status: 'online' };
  const woken = (parts: Partial<Watcher>): number => {
    const before = timers.mock.callCount();
    const watch = new WaitingWatch();
    const leave = watch.join(aWatcher(parts).watcher);
    watch.wake();
    watch.wake();
    leave();
    return timers.mock.callCount() - before;
  };
  assert.equal(woken({ workers: [worker], isFollowed: false }), 0);
  assert.equal(woken({ workers: [], isFollowed: true }), 0);
  assert.equal(woken({ workers: [{ ...worker, status: 'offline' }], isFollowed: true }), 0);
  assert.equal(woken({ workers: [worker], isFollowed: true }), 1);
});
