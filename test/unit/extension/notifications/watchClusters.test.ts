import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Signal } from '../../../../extension/notifications/toasts.ts';
import { WatchClusters } from '../../../../extension/notifications/watchClusters.ts';
import type { FailureGroup } from '../../../../server/api/failures.ts';
import type { ClusterSnapshot } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker } from '../../aSnapshot.ts';
import { plainWords } from '../../plainWords.ts';
import { aGroup } from '../failures/someFailures.ts';

const withGroups = (...groups: readonly FailureGroup[]) =>
  aSnapshot({ failures: Object.fromEntries(groups.map((group) => [group.id, group])) });
const failuresIn = (signals: readonly Signal[]) =>
  signals
    .flatMap((each) => (each.kind === 'failures' ? each.failures : []))
    .map(({ group, added, isNew }) => ({ id: group.id, added, isNew }));
const holding = (signals: readonly Signal[]) =>
  signals.flatMap((each) => (each.kind === 'condition' && each.holds ? [each.condition] : []));

test('what is there when the window opens is history', () => {
  const watch = new WatchClusters();
  assert.deepEqual(failuresIn(watch.follow(withGroups(aGroup()), null, 5_000_000)), []);
  assert.deepEqual(failuresIn(watch.follow(withGroups(aGroup()), null, 5_000_001)), []);
});

test('a count that grows and a kind that was never heard of are news', () => {
  const watch = new WatchClusters();
  watch.follow(withGroups(aGroup({ count: 3 })), null, 1_000);
  const next = withGroups(
    aGroup({ count: 5, lastSeenAt: 2_000 }),
    aGroup({ id: 'f2', count: 4, firstSeenAt: 1_500, lastSeenAt: 2_000 }),
  );
  assert.deepEqual(failuresIn(watch.follow(next, ['f1', 'f2'], 2_000)), [
    { id: 'f1', added: 2, isNew: false },
    { id: 'f2', added: 4, isNew: true },
  ]);
});

test('a history that is read late is no news, nor is a known kind new because of it', () => {
  const watch = new WatchClusters();
  watch.follow(withGroups(), null, 1_000_000);
  const old = aGroup({ firstSeenAt: 1, lastSeenAt: 900_000 });
  const again = aGroup({ id: 'f2', count: 30, firstSeenAt: 1, lastSeenAt: 1_000_500 });
  assert.deepEqual(failuresIn(watch.follow(withGroups(old, again), ['f1', 'f2'], 1_001_000)), [
    { id: 'f2', added: 1, isNew: false },
  ]);
});

test('a backend that begins to count anew does not repeat itself', () => {
  const watch = new WatchClusters();
  watch.follow(withGroups(aGroup({ count: 30 })), null, 1_000);
  assert.deepEqual(failuresIn(watch.follow(withGroups(aGroup({ count: 1, lastSeenAt: 2_000 })), null, 2_000)), []);
  const more = withGroups(aGroup({ count: 2, lastSeenAt: 3_000 }));
  assert.deepEqual(failuresIn(watch.follow(more, null, 3_000)), [{ id: 'f1', added: 1, isNew: false }]);
});

test('all workers are lost when each is that did not say goodbye', () => {
  const watch = new WatchClusters();
  const holds = (...statuses: readonly ('online' | 'late' | 'lost' | 'offline')[]) => {
    const workers = Object.fromEntries(
      statuses.map((status, at) => [`w${at}`, aWorker({ hostname: `w${at}`, status })]),
    );
    return holding(watch.follow(aSnapshot({ workers }), [], 1));
  };
  assert.deepEqual(holds(), []);
  assert.deepEqual(holds('offline', 'offline'), []);
  assert.deepEqual(holds('lost', 'late'), []);
  assert.deepEqual(holds('lost', 'offline'), ['workersLost']);
});

test('a broker that takes nothing is told; while the connection is down nothing is', () => {
  const watch = new WatchClusters();
  const live: ClusterSnapshot['link'] = {
    kind: 'live',
    since: 1,
    server: { product: 'RabbitMQ', version: null },
    blocked: plainWords('low on memory'),
  };
  assert.deepEqual(holding(watch.follow(aSnapshot({ link: live }), [], 1)), ['brokerAlarm']);
  const lost: ClusterSnapshot['link'] = {
    kind: 'lost',
    since: 1,
    retryAt: 2,
    attempt: 1,
    reason: { code: 'x', sentence: 'y' },
  };
  const workers = { a: aWorker({ status: 'lost' }) };
  assert.deepEqual(watch.follow(aSnapshot({ link: lost, workers }), [], 1), []);
});
