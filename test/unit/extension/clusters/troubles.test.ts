import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClusterForest } from '../../../../extension/clusters/clusterForest.ts';
import type { ClusterSnapshot } from '../../../../server/api/model.ts';
import { aSnapshot, aWorker, someCounters, verdictIn } from '../../aSnapshot.ts';
import { plainWords } from '../../plainWords.ts';
import { aQueue, childrenOf, forestOf, lookOf, nodes, withWorkers } from './aForest.ts';

const troubles = (forest: ClusterForest): string[] =>
  childrenOf(forest, nodes.connection)
    .filter(({ kind }) => kind === 'trouble')
    .map((node) => {
      const { label, description } = lookOf(forest, node);
      return [label, description].filter(Boolean).join(' | ');
    });
const tooltip = (snapshot: ClusterSnapshot): string =>
  lookOf(forestOf(snapshot), nodes.connection).tooltip().join('\n');

test('a healthy connection has no row about itself', () => {
  assert.deepEqual(troubles(forestOf(withWorkers(aWorker()))), []);
});

test('workers that do not tell of their tasks are named, with the way out', () => {
  const mute = aWorker({ hostname: 'a', sendsTaskEvents: false });
  assert.deepEqual(troubles(forestOf(withWorkers(mute))), ['Task events are off | click to enable']);
  const beside = withWorkers(mute, aWorker({ hostname: 'b' }), aWorker({ hostname: 'c', sendsTaskEvents: null }));
  assert.deepEqual(troubles(forestOf(beside)), ['Task events are off on 1 worker | click to enable']);
  assert.match(lookOf(forestOf(beside), nodes.worker('a')).description, /events off/);
  assert.deepEqual(troubles(forestOf({ ...beside, isReadOnly: true })), [
    'Task events are off on 1 worker | start workers with -E',
  ]);
});

test('a worker that answers without heartbeats is told from a mailbox in which nobody answers', () => {
  const quiet = (answering: string[], silent: string[]) => ({
    quietWorkers: new Map([['orders', { answering, silent }]]),
  });
  assert.deepEqual(troubles(forestOf(aSnapshot(), quiet(['a@lab'], []))), ['a@lab answers but sends no heartbeats']);
  assert.deepEqual(troubles(forestOf(aSnapshot(), quiet([], ['a@lab', 'b@lab']))), ['2 workers do not answer']);
  // A mailbox of yesterday's pod is no news while others work.
  assert.deepEqual(troubles(forestOf(withWorkers(aWorker()), quiet([], ['old@lab']))), []);
});

test('a broker that takes no messages shows in a row of its own', () => {
  const { link } = aSnapshot();
  const snapshot = aSnapshot({ link: link.kind === 'live' ? { ...link, blocked: plainWords('low on memory') } : link });
  assert.deepEqual(troubles(forestOf(snapshot)), ['Broker resource alarm: low on memory']);
});

test('a flood says how much of it was lost', () => {
  const snapshot = { ...withWorkers(aWorker()), counters: someCounters({ lost: 12_345 }) };
  assert.deepEqual(troubles(forestOf(snapshot)), ['12,345 events were lost | counts are too low']);
});

test('a clock that is off shows at its worker', () => {
  const description = (clockDriftSeconds: number) => {
    const worker = aWorker({ clockDriftSeconds });
    return lookOf(forestOf(withWorkers(worker)), nodes.worker(worker.hostname)).description;
  };
  assert.match(description(92.4), /clock −92 s off/);
  assert.match(description(-30), /clock \+30 s off/);
  assert.doesNotMatch(description(1), /clock/);
});

test('messages that could not be read are counted by their reason', () => {
  const counters = someCounters({ invalid: 4, invalidByReason: { 'a pickled payload': 3, 'no JSON': 1 } });
  assert.match(tooltip(aSnapshot({ counters })), /Unreadable: 4 messages\n3 × a pickled payload\n1 × no JSON/);
});

test('a part of the engine that failed at events is named', () => {
  const counters = someCounters({ listenerErrors: { telemetry: 3 } });
  assert.match(tooltip(aSnapshot({ counters })), /Internal errors in "telemetry": 3\. Please report this\./);
});

test('without its management API RabbitMQ is said to tell less', () => {
  const snapshot = aSnapshot({ brokerKind: 'amqp', queues: { emails: aQueue() } });
  const text = lookOf(forestOf(snapshot), nodes.queues).tooltip().join(' ');
  assert.match(text, /management API of RabbitMQ is not reachable/);
});

test('a queue that a health rule speaks of warns, unless somebody has muted that', () => {
  const alert = {
    id: 'depth:emails',
    rule: 'queueDepth',
    severity: 'warning',
    subject: { kind: 'queue', name: 'emails' },
    sentence: 'emails holds 132 messages, over 100.',
    recommendation: 'Start more workers.',
    figure: 132,
    threshold: 100,
    unit: 'count',
    since: 1,
    acknowledgedAt: null,
    mutedUntil: null,
    recovering: false,
  } as const;
  const icon = (mutedUntil: number | null) => {
    const snapshot = aSnapshot({ queues: { emails: aQueue() }, alerts: { [alert.id]: { ...alert, mutedUntil } } });
    const view = lookOf(forestOf(snapshot), nodes.queue('emails'));
    return `${view.icon}: ${view.tooltip()[1]}`;
  };
  assert.match(icon(null), /^warning: emails holds 132 messages, over 100. Start more workers/);
  assert.match(icon(99_999), /^inbox: /);
});

test('production is the first word of its row, and has its own icon and colour; the tooltip names the place that is watched', () => {
  const snapshot = {
    ...withWorkers(aWorker()),
    brokerKind: 'amqp' as const,
    environment: 'prod' as const,
    isReadOnly: true,
    maskedUrl: 'amqps://app:***@rabbit.example/orders%2Feu',
    queues: { emails: aQueue() },
    verdict: verdictIn('healthy'),
  };
  const view = lookOf(forestOf(snapshot), nodes.connection);
  assert.equal(view.description, 'PROD · 1 worker · 132 queued · read-only · rabbitmq');
  assert.deepEqual([view.icon, view.isProduction], ['lock', true]);
  assert.equal(lookOf(forestOf({ ...snapshot, isReadOnly: false }), nodes.connection).icon, 'shield');
  assert.match(tooltip(snapshot), /Virtual host: orders\/eu\nEncrypted \(TLS\)\nEnvironment: prod, read-only/);
});
