import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenOf } from '../../../../extension/views/clusterChildren.ts';
import type { ClusterForest } from '../../../../extension/views/clusterForest.ts';
import {
  type ClusterNode,
  connectionNode,
  emptyQueuesNode,
  queueNode,
  queuesNode,
  taskTypesNode,
  workerGroupNode,
  workerNode,
  workersNode,
} from '../../../../extension/views/clusterNode.ts';
import { parentOf } from '../../../../extension/views/clusterParent.ts';
import { viewOf } from '../../../../extension/views/clusterView.ts';
import { aSnapshot, aWorker, someCounters } from '../../aSnapshot.ts';
import { aQueue, forestOf, now, withQueues, withWorkers } from './aForest.ts';

const labelsBelow = (forest: ClusterForest, node: ClusterNode): string[] =>
  childrenOf(forest, node).map((each) => viewOf(forest, each, now).label);
const tooltipOf = (forest: ClusterForest, node: ClusterNode): string => viewOf(forest, node, now).tooltip().join('\n');

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

test('a worker that said goodbye a moment ago keeps the rows below it: one whose broker was away is soon back', () => {
  const expandable = (statusSince: number) => {
    const left = aWorker({ status: 'offline', statusSince });
    return viewOf(forestOf(withWorkers(left)), workerNode('orders', left.hostname), now).expandable;
  };
  assert.equal(expandable(now - 3_000), 'closed');
  assert.equal(expandable(now - 30_000), 'no');
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
  assert.match(view.tooltip().join(' '), /low on disk space/);
});

test('what was lost on the way stands in the tooltip of the connection', () => {
  const snapshot = aSnapshot({
    counters: someCounters({ lost: 12, invalid: 1 }),
    gaps: [{ from: 1_000, to: 4_000, cause: 'disconnected', reason: 'There was no connection to the broker.' }],
  });
  const tooltip = tooltipOf(forestOf(snapshot), connectionNode('orders'));
  assert.match(tooltip, /12 events were lost/);
  assert.match(tooltip, /1 messages could not be read/);
  assert.match(tooltip, /No events \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
});

test('a connection that cannot be opened has a row that says why', () => {
  const forest = forestOf(aSnapshot(), {
    unusable: new Map([['prod', 'The environment variable RABBIT is not set.']]),
  });
  const nodes = childrenOf(forest, undefined);
  assert.deepEqual(
    nodes.map((node) => node.id),
    ['connection:orders', 'unusable:prod'],
  );
  const [, unusable] = nodes;
  assert.ok(unusable);
  assert.match(viewOf(forest, unusable, now).description, /RABBIT/);
});

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

test('few queues stand in the order of their names, the empty ones among them', () => {
  const forest = forestOf(withQueues(aQueue({ name: 'b', ready: 0, unacked: 0 }), aQueue({ name: 'a' })));
  assert.deepEqual(labelsBelow(forest, queuesNode('orders')), ['a', 'b']);
});

const manyQueues = (busy: number, all: number) =>
  withQueues(
    ...Array.from({ length: all }, (_, index) =>
      aQueue({ name: `q${index}`, ready: index < busy ? index + 1 : 0, unacked: 0 }),
    ),
  );

test('of ten thousand queues those with a backlog are shown and the empty ones are folded', () => {
  const forest = forestOf(manyQueues(3, 10_000));
  assert.deepEqual(labelsBelow(forest, queuesNode('orders')), ['q0', 'q1', 'q2', 'Empty queues']);
  assert.equal(viewOf(forest, emptyQueuesNode('orders'), now).description, '9,997');
  const folded = childrenOf(forest, emptyQueuesNode('orders'));
  assert.equal(folded.length, 501);
  assert.equal(viewOf(forest, folded.at(-1) ?? assert.fail(), now).label, 'Show 500 more…');
  assert.deepEqual(parentOf(forest, queueNode('orders', 'q3')), emptyQueuesNode('orders'));
  assert.deepEqual(parentOf(forest, queueNode('orders', 'q2')), queuesNode('orders'));
});

test('of ten thousand queues with a backlog the fullest come first, and more of them on demand', () => {
  const snapshot = manyQueues(10_000, 10_000);
  const forest = forestOf(snapshot);
  const nodes = childrenOf(forest, queuesNode('orders'));
  assert.equal(nodes.length, 501);
  assert.deepEqual(nodes[0], queueNode('orders', 'q9500'));
  const view = viewOf(forest, nodes.at(-1) ?? assert.fail(), now);
  assert.deepEqual([view.label, view.description], ['Show 500 more…', '9,500 are not shown']);
  const more = forestOf(snapshot, { shown: new Map([[queuesNode('orders').id, 1_000]]) });
  assert.equal(childrenOf(more, queuesNode('orders')).length, 1_001);
});

test('a filter leaves workers and queues whose name has it, whatever its letters', () => {
  const workers = ['api-1', 'Mail-1'].map((hostname) => aWorker({ hostname }));
  const snapshot = {
    ...withWorkers(...workers),
    queues: { mails: aQueue({ name: 'mails' }), orders: aQueue({ name: 'orders' }) },
  };
  const forest = forestOf(snapshot, { filter: 'MAIL' });
  assert.deepEqual(labelsBelow(forest, workersNode('orders')), ['Mail-1']);
  assert.deepEqual(labelsBelow(forest, queuesNode('orders')), ['mails']);
});

const thousand = [
  ...Array.from({ length: 700 }, (_, index) => aWorker({ hostname: `celery@api-${index}` })),
  ...Array.from({ length: 297 }, (_, index) =>
    aWorker({ hostname: `celery@mail-7f9c8d6b5f-${String(index).padStart(5, 'x')}` }),
  ),
  aWorker({ hostname: 'celery@api-900', status: 'lost' }),
  aWorker({ hostname: 'celery@api-901', status: 'late' }),
  aWorker({ hostname: 'celery@beat', active: 7 }),
];

test('a thousand workers stand in groups: who is missing first, then by what their names begin with', () => {
  const forest = forestOf(withWorkers(...thousand));
  const groups = childrenOf(forest, workersNode('orders')).map((node) => viewOf(forest, node, now));
  assert.deepEqual(
    groups.map(({ label, description }) => `${label}: ${description}`),
    [
      'Lost: 1',
      'Late: 1',
      'celery@api-*: 700 · 1,400 active',
      'celery@beat: 7 active · 132 total · load 1.3',
      'celery@mail-*: 297 · 594 active',
    ],
  );
  assert.deepEqual(labelsBelow(forest, workerGroupNode('orders', 'lost')), ['celery@api-900']);
  const api = childrenOf(forest, workerGroupNode('orders', 'celery@api-*'));
  assert.equal(api.length, 201);
  assert.equal(viewOf(forest, api.at(-1) ?? assert.fail(), now).description, '500 are not shown');
  assert.deepEqual(parentOf(forest, workerNode('orders', 'celery@api-3')), workerGroupNode('orders', 'celery@api-*'));
  assert.deepEqual(parentOf(forest, workerNode('orders', 'celery@api-900')), workerGroupNode('orders', 'lost'));
  assert.deepEqual(parentOf(forest, workerNode('orders', 'celery@beat')), workersNode('orders'));
});

test('names that have nothing in common make no groups of one', () => {
  const workers = Array.from({ length: 300 }, (_, index) =>
    aWorker({ hostname: `w@${String.fromCharCode(97 + (index % 26))}${index}z` }),
  );
  const forest = forestOf(withWorkers(...workers));
  assert.deepEqual(labelsBelow(forest, workersNode('orders')), ['Online']);
});

test('task types show how long they take and how many of them fail', () => {
  const charge = {
    name: 'orders.charge',
    runs: 250,
    failed: 1,
    retried: 0,
    failureRate: 0.004,
    p50Seconds: 0.2,
    p95Seconds: 0.84,
    waitP95Seconds: 0.1,
    perSecond: 0.5,
    running: 2,
  };
  const types = [{ ...charge, name: 'orders.refund', failureRate: 0.5, p95Seconds: 90, running: 0 }, charge];
  const forest = forestOf(aSnapshot(), { taskTypes: new Map([['orders', types]]) });
  const views = childrenOf(forest, taskTypesNode('orders')).map((node) => viewOf(forest, node, now));
  assert.deepEqual(
    views.map(({ label, description, icon }) => [label, description, icon]),
    [
      ['orders.charge', 'p95 840 ms · 0.4 % failed · 2 running', 'symbol-method'],
      ['orders.refund', 'p95 1 m 30 s · 50 % failed', 'warning'],
    ],
  );
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
