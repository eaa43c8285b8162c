import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StatusView, statusView } from '../../../../extension/statusBar/statusView.ts';
import type { ClusterSnapshot } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker } from '../../aSnapshot.ts';
import { aQueue, withWorkers } from '../clusters/aForest.ts';

const now = 100_000;
const viewOf = (snapshot: ClusterSnapshot, at = now, others: readonly ClusterSnapshot[] = []) =>
  statusView(snapshot, new Map([snapshot, ...others].map((each) => [each.clusterId, each])), at) ?? assert.fail();
const failure = (unseen: number, mute: { kind: 'forever' } | null = null) => ({
  id: `f${unseen}${mute?.kind}`,
  taskName: 'orders.charge',
  exceptionType: 'ConnectionError',
  message: 'refused',
  frame: null,
  count: 3,
  firstSeenAt: 1,
  lastSeenAt: 2,
  workers: [],
  lastTaskId: 'x',
  unseen,
  mute,
  perMinute: [],
});

test('the bar counts workers that live, messages that wait and problems nobody has seen', () => {
  const workers = [aWorker({ hostname: 'a' }), aWorker({ hostname: 'b' }), aWorker({ hostname: 'c', status: 'lost' })];
  const healthy = { ...withWorkers(...workers), queues: { emails: aQueue() } };
  const drawn = ({ icon, text }: StatusView) => [icon, text];
  assert.deepEqual(drawn(viewOf(healthy)), ['server-process', 'orders 2w 132q']);
  const failures = { a: failure(1), b: failure(0), c: failure(4, { kind: 'forever' }), d: failure(2) };
  const failing = { ...healthy, failures };
  assert.deepEqual(drawn(viewOf(failing)), ['warning', 'orders 2w 132q 2!']);
  assert.match(viewOf(failing).spoken, /orders: connected, 2 workers, 132 messages queued, 2 problems nobody has seen/);
});

test('many messages take little room', () => {
  const text = (ready: number) => viewOf({ ...withWorkers(aWorker()), queues: { q: aQueue({ ready }) } }).text;
  assert.deepEqual(
    [9_999, 12_345, 2_345_678].map((n) => text(n).split(' ').at(-1)),
    ['10kq', '12.3k' + 'q', '2.35Mq'],
  );
});

test('it cries only when all workers have been lost for a minute', () => {
  const lostAt = (statusSince: number) => aWorker({ hostname: `w${statusSince}`, status: 'lost', statusSince });
  const snapshot = withWorkers(lostAt(10_000), lostAt(40_000), aWorker({ hostname: 'gone', status: 'offline' }));
  assert.equal(viewOf(snapshot, 99_999).isError, false);
  assert.equal(viewOf(snapshot, 100_000).isError, true);
  assert.match(viewOf(snapshot, 100_000).spoken, /all workers have been lost for 1 m/);
  const oneLives = withWorkers(lostAt(10_000), aWorker());
  assert.equal(viewOf(oneLives, 999_999).isError, false);
  const link = { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } } as const;
  assert.equal(viewOf({ ...snapshot, link }, 999_999).isError, false, 'without a link nobody can tell');
});

test('without a connection to the broker it says so instead of counting', () => {
  const link = { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } } as const;
  const offline = viewOf({ ...withWorkers(aWorker()), link });
  assert.deepEqual([offline.icon, offline.text], ['debug-disconnect', 'orders offline']);
  const connecting = viewOf(aSnapshot({ link: { kind: 'connecting', attempt: 1, since: 0 } }));
  assert.deepEqual([connecting.icon, connecting.text], ['sync~spin', 'orders']);
  assert.equal(statusView(null, new Map(), now), null);
});

test('the tooltip has a line for each connection, the active one first', () => {
  const other = { ...aSnapshot(), clusterId: 'mail', name: 'mail' };
  const { table } = viewOf(withWorkers(aWorker({ active: 3 })), now, [other]);
  assert.deepEqual(
    table.map(({ name, workers, active }) => [name, workers, active]),
    [
      ['orders', '1', '3'],
      ['mail', '0', ''],
    ],
  );
});
