import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ClusterForest,
  childrenOf,
  connectionNode,
  queueNode,
  queuesNode,
  viewOf,
  workerNode,
  workersNode,
} from '../../../../extension/views/clusterNodes.ts';
import type { ClusterSnapshot, Queue, Worker } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker, someCounters } from '../../aSnapshot.ts';

const forestOf = (snapshot: ClusterSnapshot, unusable: Record<string, string> = {}): ClusterForest => ({
  snapshots: new Map([[snapshot.clusterId, snapshot]]),
  unusable: new Map(Object.entries(unusable)),
});
const withWorkers = (...workers: readonly Worker[]) =>
  aSnapshot({ workers: Object.fromEntries(workers.map((each) => [each.hostname, each])) });
const now = 10_000;

test('a living worker shows its figures', () => {
  const forest = forestOf(withWorkers(aWorker()));
  const view = viewOf(forest, workerNode('orders', 'celery@one'), now);
  assert.equal(view.label, 'celery@one');
  assert.equal(view.description, '2 active · 132 total · load 1.3');
  assert.equal(view.icon, 'pass');
});

test('a lost worker says so in words, not by colour alone, and when it was last heard', () => {
  const lost = aWorker({ status: 'lost', statusSince: 8_000, lastSeenAt: 1_000 });
  const view = viewOf(forestOf(withWorkers(lost)), workerNode('orders', lost.hostname), now);
  assert.match(view.description, /^lost, heard \d\d:\d\d:\d\d · /);
  assert.equal(view.icon, 'error');
});

test('the group counts who is there and who is missing', () => {
  const forest = forestOf(
    withWorkers(
      aWorker({ hostname: 'a' }),
      aWorker({ hostname: 'b', status: 'late' }),
      aWorker({ hostname: 'c', status: 'lost' }),
      aWorker({ hostname: 'd', status: 'offline' }),
    ),
  );
  assert.equal(viewOf(forest, workersNode('orders'), now).description, '2 online, 1 lost, 1 offline');
});

test('workers stand in the order people count: w2 before w10', () => {
  const forest = forestOf(withWorkers(...['w10', 'w2', 'w1'].map((hostname) => aWorker({ hostname }))));
  const hostnames = childrenOf(forest, workersNode('orders')).map((node) => node.kind === 'worker' && node.hostname);
  assert.deepEqual(hostnames, ['w1', 'w2', 'w10']);
});

test('a lost connection counts down, gives its reason, and keeps its rows marked as stale', () => {
  const link = {
    kind: 'lost',
    since: 4_000,
    retryAt: 16_500,
    attempt: 2,
    reason: { code: 'brokerUnreachable', sentence: 'Redis at localhost:6379 refused the connection.' },
  } as const;
  const snapshot = { ...withWorkers(aWorker()), link, counters: someCounters({ lastEventAt: 4_000 }) };
  const forest = forestOf(snapshot);
  assert.equal(viewOf(forest, connectionNode('orders'), now).description, 'offline, retry in 7 s');
  const [trouble] = childrenOf(forest, connectionNode('orders'));
  assert.ok(trouble);
  assert.equal(viewOf(forest, trouble, now).label, 'Redis at localhost:6379 refused the connection.');
  const row = viewOf(forest, workerNode('orders', 'celery@one'), now);
  assert.equal(row.description, 'stale 6 s · 2 active · 132 total · load 1.3');
  assert.equal(row.color, 'disabledForeground');
});

test('a lost worker shows on the row of its connection too', () => {
  const forest = forestOf(withWorkers(aWorker({ hostname: 'a' }), aWorker({ hostname: 'b', status: 'lost' })));
  const view = viewOf(forest, connectionNode('orders'), now);
  assert.equal(view.description, 'redis · 1 worker, 1 lost');
  assert.equal(view.icon, 'warning');
});

test('no workers and a blocked broker are told apart from a healthy connection', () => {
  assert.equal(viewOf(forestOf(aSnapshot()), connectionNode('orders'), now).description, 'redis · no workers');
  const healthy = withWorkers(aWorker());
  assert.equal(viewOf(forestOf(healthy), connectionNode('orders'), now).description, 'redis · 1 worker');
  const { link } = healthy;
  const blocked = { ...healthy, link: link.kind === 'live' ? { ...link, blocked: 'low on disk space' } : link };
  const view = viewOf(forestOf(blocked), connectionNode('orders'), now);
  assert.equal(view.description, 'redis · blocked');
  assert.match(view.tooltip, /low on disk space/);
});

test('what was lost on the way stands in the tooltip of the connection', () => {
  const snapshot = aSnapshot({
    counters: someCounters({ lost: 12, invalid: 1 }),
    gaps: [{ from: 1_000, to: 4_000, reason: 'There was no connection to the broker.' }],
  });
  const { tooltip } = viewOf(forestOf(snapshot), connectionNode('orders'), now);
  assert.match(tooltip, /12 events lost/);
  assert.match(tooltip, /1 message could not be read/);
  assert.match(tooltip, /No events \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
});

test('a connection that cannot be opened has a row that says why', () => {
  const forest = forestOf(aSnapshot(), { prod: 'The environment variable RABBIT is not set.' });
  const nodes = childrenOf(forest, undefined);
  assert.deepEqual(
    nodes.map((node) => node.id),
    ['connection:orders', 'unusable:prod'],
  );
  const [, unusable] = nodes;
  assert.ok(unusable);
  assert.match(viewOf(forest, unusable, now).description, /RABBIT/);
});

const aQueue = (parts: Partial<Queue> = {}): Queue => ({
  name: 'emails',
  exists: true,
  ready: 132,
  unacked: 8,
  consumers: 4,
  updatedAt: 9_000,
  growthPerSecond: 3.14,
  drainSeconds: null,
  workers: ['celery@one'],
  ...parts,
});
const withQueues = (...queues: readonly Queue[]) =>
  aSnapshot({ queues: Object.fromEntries(queues.map((each) => [each.name, each])) });

test('a queue shows its backlog, who holds and consumes it, and how it grows', () => {
  const view = viewOf(forestOf(withQueues(aQueue())), queueNode('orders', 'emails'), now);
  assert.equal(view.description, '132 ready · 8 unacked · 4 consumers · ↑3.1/s');
  assert.equal(view.icon, 'inbox');
});

test('a backlog that nobody consumes is said first', () => {
  const orphan = aQueue({ consumers: 0, unacked: 0, growthPerSecond: null, workers: [] });
  const view = viewOf(forestOf(withQueues(orphan)), queueNode('orders', 'emails'), now);
  assert.equal(view.description, 'nobody consumes · 132 ready · 0 consumers');
  assert.equal(view.icon, 'warning');
});

test("where the broker does not count consumers, the workers' own words decide, and silence accuses nobody", () => {
  const unknown = aQueue({ name: 'a', consumers: null, workers: [] });
  const alone = viewOf(forestOf(withQueues(unknown)), queueNode('orders', 'a'), now);
  assert.equal(alone.icon, 'inbox');
  const beside = withQueues(unknown, aQueue({ name: 'b', consumers: null }));
  assert.equal(viewOf(forestOf(beside), queueNode('orders', 'a'), now).icon, 'warning');
});

test('of ten thousand queues the fullest are shown, and a row says how many more there are', () => {
  const queues = Array.from({ length: 10_000 }, (_, index) => aQueue({ name: `q${index}`, ready: index }));
  const forest = forestOf(withQueues(...queues));
  const nodes = childrenOf(forest, queuesNode('orders'));
  assert.equal(nodes.length, 501);
  assert.deepEqual(nodes[0], queueNode('orders', 'q9500'));
  const last = nodes.at(-1);
  assert.ok(last);
  assert.equal(viewOf(forest, last, now).label, '9,500 more queues');
});

test('rows tell the menus their kind, their state, and whether the connection may be changed', () => {
  const snapshot = { ...withWorkers(aWorker({ status: 'late' })), queues: { emails: aQueue() } };
  const contexts = (isReadOnly: boolean) => {
    const forest = forestOf({ ...snapshot, isReadOnly });
    const nodes = [connectionNode('orders'), workerNode('orders', 'celery@one'), queueNode('orders', 'emails')];
    return nodes.map((node) => viewOf(forest, node, now).contextValue);
  };
  assert.deepEqual(contexts(false), ['connection;connected;rw', 'worker;late;rw', 'queue;rw']);
  assert.deepEqual(contexts(true), ['connection;connected;ro', 'worker;late;ro', 'queue;ro']);
});
