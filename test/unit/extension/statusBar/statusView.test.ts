import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StatusView, statusView } from '../../../../extension/statusBar/statusView.ts';
import type { ClusterSnapshot } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker, verdictIn } from '../../aSnapshot.ts';
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

test('the bar counts workers that are online, messages that wait and failures that nobody has seen', () => {
  const workers = [aWorker({ hostname: 'a' }), aWorker({ hostname: 'b' }), aWorker({ hostname: 'c', status: 'lost' })];
  const verdict = verdictIn('healthy');
  const healthy = { ...withWorkers(...workers), queues: { emails: aQueue() }, verdict };
  const drawn = ({ icon, text, figures }: StatusView) =>
    [{ icon, text }, ...figures].map((each) => `$(${each.icon}) ${each.text}`).join(' ');
  assert.equal(drawn(viewOf(healthy)), '$(pass-filled) orders $(server) 2 $(inbox) 132');
  const failures = { a: failure(1), b: failure(0), c: failure(4, { kind: 'forever' }), d: failure(2) };
  const failing = { ...healthy, failures };
  assert.equal(drawn(viewOf(failing)), '$(pass-filled) orders $(server) 2 $(inbox) 132 $(error) 2');
  assert.match(
    viewOf(failing).spoken,
    /orders: healthy, 2 workers, 132 messages queued, 2 kinds of failures not seen yet/,
  );
});

test('many messages take little room', () => {
  const text = (ready: number) =>
    viewOf({ ...withWorkers(aWorker()), queues: { q: aQueue({ ready }) } }).figures.at(-1)?.text;
  assert.deepEqual([9_999, 12_345, 2_345_678].map(text), ['10k', '12.3k', '2.35M']);
});

test('the background turns red only when all workers have been lost for a minute', () => {
  const lostAt = (statusSince: number) => aWorker({ hostname: `w${statusSince}`, status: 'lost', statusSince });
  const snapshot = withWorkers(lostAt(10_000), lostAt(40_000), aWorker({ hostname: 'gone', status: 'offline' }));
  assert.equal(viewOf(snapshot, 99_999).background, null);
  assert.equal(viewOf(snapshot, 100_000).background, 'error');
  assert.match(viewOf(snapshot, 100_000).spoken, /all workers have been lost for 1 m/);
  const oneLives = withWorkers(lostAt(10_000), aWorker());
  assert.equal(viewOf(oneLives, 999_999).background, null);
  const link = { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } } as const;
  assert.equal(viewOf({ ...snapshot, link }, 999_999).background, null, 'without a link nobody can tell');
});

test('without a connection to the broker it says so instead of counting', () => {
  const link = { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason: { code: 'x', sentence: 'Gone.' } } as const;
  const offline = viewOf({ ...withWorkers(aWorker()), link, verdict: verdictIn('offline') });
  assert.deepEqual([offline.icon, offline.text], ['debug-disconnect', 'orders offline']);
  const connecting = viewOf(
    aSnapshot({ link: { kind: 'connecting', attempt: 1, since: 0 }, verdict: verdictIn('connecting') }),
  );
  assert.deepEqual([connecting.icon, connecting.text], ['sync~spin', 'orders connecting…']);
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

test('production is named first, and its background shows how careful to be', () => {
  const verdict = verdictIn('healthy');
  const prod = { ...withWorkers(aWorker()), environment: 'prod', verdict } as const;
  const [readOnly, writable] = [viewOf({ ...prod, isReadOnly: true }), viewOf(prod)];
  assert.deepEqual([readOnly.icon, readOnly.text, readOnly.background], ['lock', 'PROD orders', 'warning']);
  assert.deepEqual([writable.icon, writable.text, writable.background], ['shield', 'PROD orders', 'error']);
  assert.match(readOnly.spoken, /orders: healthy, production, read-only, 1 worker/);
  assert.equal(readOnly.table[0]?.state, 'healthy, read-only');
});
