import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../../server/cluster/cluster.ts';
import { Guard } from '../../../server/cluster/guard.ts';
import type { EventListener } from '../../../server/cluster/intakeSink.ts';
import { OwnVocabulary } from '../../../server/metrics/ownVocabulary.ts';
import { idOf, taskEvent } from '../state/someEvents.ts';
import { aMemoryBroker } from './aMemoryBroker.ts';

const aGuard = () => {
  const said: string[] = [];
  const clock = { now: 1_000 };
  return { guard: new Guard({ now: () => clock.now, log: (sentence) => said.push(sentence) }), said, clock };
};

const failing = (): never => {
  throw new Error('odd event');
};

test('a listener that throws is logged once and counted each time', () => {
  const { guard, said } = aGuard();
  const call = guard.listener('metrics', failing);
  for (let times = 0; times < 3; times++) call(1);
  assert.deepEqual(guard.errors, { metrics: 3 });
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /"metrics" failed.*odd event/s);
});

test('a listener that throws a hundred times in a row is paused for a minute, then tried again', () => {
  const { guard, said, clock } = aGuard();
  let calls = 0;
  const call = guard.listener('telemetry', () => {
    calls++;
    failing();
  });
  for (let times = 0; times < 500; times++) call(1);
  assert.equal(calls, 100);
  assert.match(said[1] ?? '', /failed 100 times in a row and is paused for 60 s/);
  clock.now += 60_000;
  call(1);
  assert.equal(calls, 101);
});

test('a listener that fails now and then, and a vital one, is never paused', () => {
  const { guard } = aGuard();
  let calls = 0;
  const now = guard.listener('stream', () => {
    if (++calls % 100 !== 0) failing();
  });
  for (let times = 0; times < 500; times++) now(1);
  assert.equal(calls, 500);
  calls = 0;
  const vital = guard.listener(
    'state',
    () => {
      calls++;
      failing();
    },
    { isVital: true },
  );
  for (let times = 0; times < 500; times++) vital(1);
  assert.equal(calls, 500);
});

/** A live cluster with these listeners. */
const clusterWith = (listeners: Readonly<Record<string, EventListener>>) => {
  const connection = { id: 'a', name: 'a', url: '', transportOptions: {}, workerLostAfterMs: 20_000, maxTasks: 10 };
  const { broker, deliver } = aMemoryBroker();
  const said: string[] = [];
  const log = (sentence: string): void => void said.push(sentence);
  const cluster = new Cluster({ connection, broker, epoch: 'a', now: Date.now, log, listeners });
  cluster.start();
  return { cluster, deliver, said };
};

test('a listener that fails at an event costs neither the others nor the next event anything', async () => {
  const seen: unknown[] = [];
  const { cluster, deliver, said } = clusterWith({
    first: failing,
    second: (event) => seen.push(event['uuid']),
  });
  await deliver(JSON.stringify([taskEvent('sent', 1), taskEvent('sent', 2)]));
  await deliver(JSON.stringify(taskEvent('sent', 3)));
  await cluster.until(() => seen.length === 3, 2_000);
  assert.deepEqual(seen, [idOf(1), idOf(2), idOf(3)]);
  const { counters } = cluster.snapshot();
  assert.deepEqual([counters.events, counters.tasks, counters.listenerErrors], [3, 3, { first: 3 }]);
  assert.equal(said.filter((sentence) => sentence.includes('"first" failed')).length, 1);
  await cluster.stop();
});

test('a listener of changes that fails ends nothing', async () => {
  const { cluster, deliver } = clusterWith({});
  cluster.listen(failing);
  await deliver(JSON.stringify(taskEvent('received', 1)));
  await cluster.until(() => cluster.counters().listenerErrors['changes'] === 1, 2_000);
  assert.ok((cluster.counters().listenerErrors['changes'] ?? 0) >= 1);
  assert.ok(cluster.snapshot());
  await cluster.stop();
});

test('a question that fails is its asker’s failure, not that of the event which made it be asked', async () => {
  const { cluster, deliver } = clusterWith({});
  let isAsked = false;
  const asked = cluster.until(() => {
    if (isAsked) failing();
    isAsked = true;
    return false;
  }, 2_000);
  await deliver(JSON.stringify(taskEvent('received', 1)));
  await assert.rejects(asked, /odd event/);
  assert.equal(cluster.counters().events, 1);
  await cluster.stop();
});

test('metrics tell which listeners failed', () => {
  const { cluster } = clusterWith({});
  const { link, counters: calm, verdict } = cluster.snapshot();
  const counters = { ...calm, listenerErrors: { telemetry: 7 } };
  const view = { now: 0, link, workers: [], queues: [], counters, alerts: [], verdict, poolSizes: new Map() };
  const family = new OwnVocabulary(10).families(view).find(({ name }) => name === 'celeriac_listener_errors_total');
  assert.deepEqual(family?.samples, [{ labels: [['listener', 'telemetry']], value: 7 }]);
  return cluster.stop();
});
