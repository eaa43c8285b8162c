import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterForest } from '../../../../extension/clusters/clusterForest.ts';
import type { ClusterNode } from '../../../../extension/clusters/clusterNode.ts';
import { clusterRows } from '../../../../extension/clusters/clusterRows.ts';
import type { Beat } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker, someCounters, verdictIn } from '../../aSnapshot.ts';
import { plainWords } from '../../plainWords.ts';
import { aQueue, childrenOf, forestOf, lookOf, nodes, now, parentOf, withQueues, withWorkers } from './aForest.ts';

const labelsBelow = (forest: ClusterForest, node: ClusterNode): string[] =>
  childrenOf(forest, node).map((each) => lookOf(forest, each).label);
const tooltipOf = (forest: ClusterForest, node: ClusterNode): string => lookOf(forest, node).tooltip().join('\n');

test('a living worker shows its figures', () => {
  const forest = forestOf(withWorkers(aWorker()));
  const view = lookOf(forest, nodes.worker('celery@one'));
  assert.equal(view.label, 'celery@one');
  assert.equal(view.description, '2 active · 132 total · load 1.25');
  assert.equal(view.icon, 'pass');
});

test('a lost worker says so in words, not by colour alone, and when it was last heard', () => {
  const lost = aWorker({ status: 'lost', statusSince: 8_000, lastSeenAt: 1_000 });
  const view = lookOf(forestOf(withWorkers(lost)), nodes.worker(lost.hostname));
  assert.match(view.description, /^lost, last heartbeat \d\d:\d\d:\d\d · /);
  assert.equal(view.icon, 'error');
});

test('a worker that said goodbye a moment ago keeps the rows below it: one whose broker was away is soon back', () => {
  const expandable = (statusSince: number) => {
    const left = aWorker({ status: 'offline', statusSince });
    return lookOf(forestOf(withWorkers(left)), nodes.worker(left.hostname)).expandable;
  };
  assert.equal(expandable(now - 3_000), 'closed');
  assert.equal(expandable(now - 30_000), 'no');
});

test('a beat has a row of its own beside the workers, which says whether it is alive', () => {
  const alive = { hostname: 'celerybeat@one', status: 'alive', statusSince: 8_000, lastAnswerAt: 9_000 } as const;
  const rowOf = (beat: Beat) => {
    const forest = forestOf(aSnapshot({ beats: { [beat.hostname]: beat } }));
    const row = childrenOf(forest, nodes.connection).find(({ kind }) => kind === 'beat');
    assert.ok(row);
    assert.deepEqual(parentOf(forest, row), nodes.connection);
    assert.equal(lookOf(forest, nodes.workers).description, 'none heard of yet');
    return lookOf(forest, row);
  };
  assert.equal(rowOf(alive).label, 'celerybeat@one');
  assert.match(rowOf(alive).description, /^beat · alive since \d\d:\d\d:\d\d$/);
  assert.match(rowOf({ ...alive, status: 'silent' }).description, /^beat · silent, last answer \d\d:\d\d:\d\d$/);
  assert.equal(rowOf({ ...alive, status: 'silent', lastAnswerAt: null }).description, 'beat · does not answer');
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
  assert.equal(lookOf(forest, nodes.workers).description, '2 online, 1 lost, 1 offline');
});

test('workers stand in the order people count: w2 before w10', () => {
  const forest = forestOf(withWorkers(...['w10', 'w2', 'w1'].map((hostname) => aWorker({ hostname }))));
  const hostnames = childrenOf(forest, nodes.workers).map((node) => node.kind === 'worker' && node.hostname);
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
  assert.equal(lookOf(forest, nodes.connection).description, 'offline, retry in 7 s');
  const [trouble] = childrenOf(forest, nodes.connection);
  assert.ok(trouble);
  assert.equal(lookOf(forest, trouble).label, 'Redis at localhost:6379 refused the connection.');
  const row = lookOf(forest, nodes.worker('celery@one'));
  assert.equal(row.description, 'stale 6 s · 2 active · 132 total · load 1.25');
  assert.equal(row.color, 'disabledForeground');
});

test('a lost worker shows on the row of its connection too', () => {
  const forest = forestOf(withWorkers(aWorker({ hostname: 'a' }), aWorker({ hostname: 'b', status: 'lost' })));
  const view = lookOf(forest, nodes.connection);
  assert.equal(view.description, 'collecting… · 1 worker, 1 lost · redis');
});

test('no workers and a blocked broker are told apart from a healthy connection', () => {
  const waiting = aSnapshot({ verdict: verdictIn('waiting') });
  assert.equal(lookOf(forestOf(waiting), nodes.connection).description, 'waiting for workers · redis');
  const healthy = { ...withWorkers(aWorker()), verdict: verdictIn('healthy') };
  assert.equal(lookOf(forestOf(healthy), nodes.connection).description, '1 worker · redis');
  const { link } = healthy;
  const blocked = {
    ...healthy,
    link: link.kind === 'live' ? { ...link, blocked: plainWords('low on disk space') } : link,
  };
  const view = lookOf(forestOf(blocked), nodes.connection);
  assert.equal(view.description, 'blocked · 1 worker · redis');
  assert.match(view.tooltip().join(' '), /low on disk space/);
});

test('what was lost on the way stands in the tooltip of the connection', () => {
  const snapshot = aSnapshot({
    counters: someCounters({ lost: 12, invalid: 1 }),
    gaps: [{ from: 1_000, to: 4_000, cause: 'disconnected', reason: 'The broker was not connected.' }],
  });
  const tooltip = tooltipOf(forestOf(snapshot), nodes.connection);
  assert.match(tooltip, /12 events were lost/);
  assert.match(tooltip, /Unreadable: 1 message/);
  assert.match(tooltip, /No events \d\d:\d\d:\d\d to \d\d:\d\d:\d\d/);
});

test('a connection that cannot be opened has a row that says why', () => {
  const forest = forestOf(aSnapshot(), {
    unusable: new Map([['prod', 'The environment variable RABBIT is not set.']]),
  });
  const top = childrenOf(forest, undefined);
  assert.deepEqual(top.map(clusterRows(forest).key), ['connection:orders', 'unusable:prod']);
  const [, unusable] = top;
  assert.ok(unusable);
  assert.match(lookOf(forest, unusable).description, /RABBIT/);
});

test('a queue shows its backlog, who holds and consumes it, and how it grows', () => {
  const view = lookOf(forestOf(withQueues(aQueue())), nodes.queue('emails'));
  assert.equal(view.description, '132 ready · 8 unacked · 4 consumers · ↑3.14/s');
  assert.equal(view.icon, 'inbox');
});

test('a queue whose figures are older than the usual rate says their age', () => {
  const described = (updatedAt: number): string => {
    const at = 100_000;
    return lookOf(forestOf(withQueues(aQueue({ updatedAt }))), nodes.queue('emails'), at).description;
  };
  assert.match(described(75_000), /^132 ready · /);
  assert.match(described(55_000), /^45 s ago · 132 ready · /);
});

test('a backlog that nobody consumes is said first', () => {
  const orphan = aQueue({ consumers: 0, unacked: 0, growthPerSecond: null, workers: [] });
  const view = lookOf(forestOf(withQueues(orphan)), nodes.queue('emails'));
  assert.equal(view.description, 'no consumer · 132 ready · 0 consumers');
  assert.equal(view.icon, 'warning');
});

test("where the broker does not count consumers, the workers' own words decide, and silence accuses nobody", () => {
  const unknown = aQueue({ name: 'a', consumers: null, workers: [] });
  const alone = lookOf(forestOf(withQueues(unknown)), nodes.queue('a'));
  assert.equal(alone.icon, 'inbox');
  const beside = withQueues(unknown, aQueue({ name: 'b', consumers: null }));
  assert.equal(lookOf(forestOf(beside), nodes.queue('a')).icon, 'warning');
});

test('few queues stand in the order of their names, the empty ones among them', () => {
  const forest = forestOf(withQueues(aQueue({ name: 'b', ready: 0, unacked: 0 }), aQueue({ name: 'a' })));
  assert.deepEqual(labelsBelow(forest, nodes.queues), ['a', 'b']);
});

const manyQueues = (busy: number, all: number) =>
  withQueues(
    ...Array.from({ length: all }, (_, index) =>
      aQueue({ name: `q${index}`, ready: index < busy ? index + 1 : 0, unacked: 0 }),
    ),
  );

test('of ten thousand queues those with a backlog are shown and the empty ones are folded', () => {
  const forest = forestOf(manyQueues(3, 10_000));
  assert.deepEqual(labelsBelow(forest, nodes.queues), ['q0', 'q1', 'q2', 'Empty queues']);
  assert.equal(lookOf(forest, nodes.emptyQueues).description, '9,997');
  const folded = childrenOf(forest, nodes.emptyQueues);
  assert.equal(folded.length, 501);
  assert.equal(lookOf(forest, folded.at(-1) ?? assert.fail()).label, 'Show 500 more…');
  assert.deepEqual(parentOf(forest, nodes.queue('q3')), nodes.emptyQueues);
  assert.deepEqual(parentOf(forest, nodes.queue('q2')), nodes.queues);
});

test('of ten thousand queues with a backlog the fullest come first, and more of them on demand', () => {
  const snapshot = manyQueues(10_000, 10_000);
  const forest = forestOf(snapshot);
  const rows = childrenOf(forest, nodes.queues);
  assert.equal(rows.length, 501);
  assert.deepEqual(rows[0], nodes.queue('q9500'));
  const view = lookOf(forest, rows.at(-1) ?? assert.fail());
  assert.deepEqual([view.label, view.description], ['Show 500 more…', '9,500 hidden']);
  const more = forestOf(snapshot, { shown: new Map([['queues:orders', 1_000]]) });
  assert.equal(childrenOf(more, nodes.queues).length, 1_001);
});

test('a filter leaves workers and queues whose name has it, whatever its letters', () => {
  const workers = ['api-1', 'Mail-1'].map((hostname) => aWorker({ hostname }));
  const snapshot = {
    ...withWorkers(...workers),
    queues: { mails: aQueue({ name: 'mails' }), orders: aQueue({ name: 'orders' }) },
  };
  const forest = forestOf(snapshot, { filter: 'MAIL' });
  assert.deepEqual(labelsBelow(forest, nodes.workers), ['Mail-1']);
  assert.deepEqual(labelsBelow(forest, nodes.queues), ['mails']);
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
  const groups = childrenOf(forest, nodes.workers).map((node) => lookOf(forest, node));
  assert.deepEqual(
    groups.map(({ label, description }) => `${label}: ${description}`),
    [
      'Lost: 1',
      'Late: 1',
      'celery@api-*: 700 · 1,400 active',
      'celery@beat: 7 active · 132 total · load 1.25',
      'celery@mail-*: 297 · 594 active',
    ],
  );
  assert.deepEqual(labelsBelow(forest, nodes.workerGroup('lost')), ['celery@api-900']);
  const api = childrenOf(forest, nodes.workerGroup('celery@api-*'));
  assert.equal(api.length, 201);
  assert.equal(lookOf(forest, api.at(-1) ?? assert.fail()).description, '500 hidden');
  assert.deepEqual(parentOf(forest, nodes.worker('celery@api-3')), nodes.workerGroup('celery@api-*'));
  assert.deepEqual(parentOf(forest, nodes.worker('celery@api-900')), nodes.workerGroup('lost'));
  assert.deepEqual(parentOf(forest, nodes.worker('celery@beat')), nodes.workers);
});

test('names that have nothing in common make no groups of one', () => {
  const workers = Array.from({ length: 300 }, (_, index) =>
    aWorker({ hostname: `w@${String.fromCharCode(97 + (index % 26))}${index}z` }),
  );
  const forest = forestOf(withWorkers(...workers));
  assert.deepEqual(labelsBelow(forest, nodes.workers), ['Online']);
});

test('task types show how long they take, how many of them fail, and their rate limit', () => {
  const charge = {
    name: 'orders.charge',
    runs: 250,
    failed: 1,
    retried: 0,
    failureRate: 0.004,
    p50Seconds: 0.2,
    p95Seconds: 0.84,
    waitP95Seconds: 0.1,
    waiting: 4,
    rateLimit: null,
    perSecond: 0.5,
    running: 2,
  };
  const types = [
    { ...charge, name: 'orders.refund', failureRate: 0.5, p95Seconds: 90, running: 0, rateLimit: '10/m' },
    charge,
  ];
  const forest = forestOf(aSnapshot(), { taskTypes: new Map([['orders', types]]) });
  const views = childrenOf(forest, nodes.taskTypes).map((node) => lookOf(forest, node));
  assert.deepEqual(
    views.map(({ label, description, icon }) => [label, description, icon]),
    [
      ['orders.charge', 'p95 840 ms · 0.4% failed · 2 running', 'symbol-method'],
      ['orders.refund', 'p95 1 m 30 s · 50% failed · limit 10/m', 'warning'],
    ],
  );
});

test('rows tell the menus their kind, their state, and whether the connection may be changed', () => {
  const snapshot = { ...withWorkers(aWorker({ status: 'late' })), queues: { emails: aQueue() } };
  const contexts = (isReadOnly: boolean) => {
    const forest = forestOf({ ...snapshot, isReadOnly });
    const rows = [nodes.connection, nodes.worker('celery@one'), nodes.queue('emails')];
    return rows.map((node) => lookOf(forest, node).contextValue);
  };
  assert.deepEqual(contexts(false), ['connection;connected;rw', 'worker;late;rw', 'queue;rw']);
  assert.deepEqual(contexts(true), ['connection;connected;ro', 'worker;late;ro', 'queue;ro']);
});
