import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkState } from '../../../server/api/model.ts';
import type { Broker, BrokerListener, BrokerSession } from '../../../server/brokers/broker.ts';
import { Cluster } from '../../../server/cluster/cluster.ts';
import { Metrics } from '../../../server/faces/http/metrics.ts';
import { prometheusText } from '../../../server/metrics/exposition.ts';

const connection = {
  id: 'a',
  name: 'a',
  url: 'amqp://',
  transportOptions: {},
  workerLostAfterMs: 20_000,
  maxTasks: 10,
};

/** The gaps of a cluster whose connection was cut once; `resumed`: whether the next session goes on there. */
const gapsAfterACut = async (resumed: boolean): Promise<readonly string[]> => {
  const cuts: ((reason: Error | null) => void)[] = [];
  const connect = async (): Promise<BrokerSession> => {
    const { promise: ended, resolve } = Promise.withResolvers<Error | null>();
    cuts.push(resolve);
    return { ...idle, resumed: resumed && cuts.length > 1, ended, close: async () => resolve(null) };
  };
  const broker: Broker = { kind: 'amqp', maskedUrl: 'amqp://', connect };
  const again = Promise.withResolvers<void>();
  const onLink = ({ kind }: LinkState): void => {
    if (kind === 'live' && cuts.length === 1) setImmediate(() => cuts[0]?.(new Error('cut')));
    if (kind === 'lost') setImmediate(() => cluster.refresh());
    if (kind === 'live' && cuts.length === 2) setImmediate(again.resolve);
  };
  const cluster = new Cluster({ connection, broker, epoch: 'a', now: () => 0, log: () => undefined, onLink });
  cluster.start();
  await again.promise;
  const { gaps } = cluster.snapshot();
  await cluster.stop();
  return gaps.map(({ reason }) => reason);
};

const unasked = async () => assert.fail('nobody asks for this');

const idle: BrokerSession = {
  server: { product: 'Memory', version: null },
  resumed: false,
  ended: Promise.resolve(null),
  broadcast: async () => null,
  openReplies: unasked,
  mailboxNames: unasked,
  queueNames: unasked,
  overview: unasked,
  queueDepths: unasked,
  publish: unasked,
  purge: unasked,
  peekingTouches: null,
  peek: unasked,
  close: async () => undefined,
};

test('a cut leaves a gap', async () => {
  assert.deepEqual(await gapsAfterACut(false), ['The broker was not connected.']);
});

test('a cut leaves no gap when the next session goes on where the last one ended', async () => {
  assert.deepEqual(await gapsAfterACut(true), []);
});

test('a loss of a number that the broker does not report is counted as one, beside the gap it leaves', async () => {
  const live = Promise.withResolvers<void>();
  const listeners: BrokerListener[] = [];
  const connect = async (listener: BrokerListener): Promise<BrokerSession> => {
    listeners.push(listener);
    const { promise: ended, resolve } = Promise.withResolvers<Error | null>();
    return { ...idle, ended, close: async () => resolve(null) };
  };
  const cluster = new Cluster({
    connection,
    broker: { kind: 'redis', maskedUrl: 'redis://', connect },
    epoch: 'a',
    now: () => 0,
    log: () => undefined,
    onLink: ({ kind }) => {
      if (kind === 'live') live.resolve();
    },
  });
  cluster.start();
  await live.promise;
  listeners[0]?.onLost('Redis cut us off.', null);
  listeners[0]?.onLost('A message was too large.', 1);
  const { lost, uncountedLosses, gaps } = cluster.counters();
  assert.deepEqual([lost, uncountedLosses, gaps.discarded.count, gaps.disconnected.count], [1, 1, 2, 0]);
  const metrics = new Metrics('celeriac', 10, () => 0, { rejections: 0 });
  const text = prometheusText(metrics.families(cluster));
  assert.match(text, /^celeriac_uncounted_losses_total 1$/m);
  assert.match(text, /^celeriac_gaps_total\{reason="discarded"\} 2$/m);
  assert.match(text, /^celeriac_gap_seconds_total\{reason="disconnected"\} 0$/m);
  await cluster.stop();
});
