import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import type { Broker } from '../lab/broker.ts';
import { until } from '../lab/until.ts';
import type { BenchContext } from './context.ts';
import { startManyWorkers } from './manyWorkers.ts';
import { median } from './report.ts';

const ping = { method: 'ping', arguments: {} };
const manyQueues = 10_000;
const manyWorkers = 1_000;
const answerBytes = 4_000;

/** What asking costs: beside the bare protocol on the same broker and the same two workers. */
export const benchControl = async ({ lab, quick, say, report }: BenchContext): Promise<void> => {
  const rounds = quick ? 50 : 200;
  const broker = await lab.redis();
  for (const name of ['one', 'two']) await lab.worker({ broker, name });
  const cluster = await follow(broker);
  try {
    await until('both workers are known', () => Object.keys(cluster.snapshot().workers).length === 2);
    say('control: ping, bare protocol and engine in turn');
    const bare = new Redis(broker.url);
    const listener = new Redis(broker.url);
    const [own, floor]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      floor.push(await timed(() => barePing(bare, listener)));
      own.push(await timed(() => cluster.operations.ask(ping)));
    }
    const [ours, theirs] = [median(own), median(floor)];
    report({
      bench: 'control',
      what: 'ping of 2 workers, engine / bare protocol',
      measured: `${ours.toFixed(2)} ms / ${theirs.toFixed(2)} ms = ${(ours / theirs).toFixed(2)} x`,
      target: '<= 5 x',
      reached: ours <= 5 * theirs,
      figures: { own, floor },
    });
    say('control: 200 questions at once');
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => cluster.operations.ask(ping)));
    const whole = outcomes.filter(
      ({ replies }) => replies.filter(({ kind }) => kind === 'answered').length === 2,
    ).length;
    report({
      bench: 'control',
      what: '200 questions at once: answered by both workers',
      measured: `${whole} of 200, the last after ${Math.max(...outcomes.map(({ tookMs }) => tookMs))} ms`,
      target: 'all',
      reached: whole === 200,
      figures: { whole },
    });
    say(`control: the depths of ${manyQueues} queues`);
    const names = Array.from({ length: manyQueues }, (_, index) => `queue-${index}`);
    const filling = bare.pipeline();
    for (const name of names) filling.lpush(name, 'x');
    await filling.exec();
    const depthsMs = await timed(() => cluster.operations.queueDepths(names));
    report({
      bench: 'control',
      what: `depths of ${manyQueues} queues on Redis`,
      measured: `${depthsMs.toFixed(0)} ms`,
      target: '<= 1 s',
      reached: depthsMs <= 1_000,
      figures: { depthsMs },
    });
    bare.disconnect();
    listener.disconnect();
  } finally {
    await cluster.stop();
  }
  await benchManyWorkers({ lab, say, report });
};

const benchManyWorkers = async ({ lab, say, report }: Pick<BenchContext, 'lab' | 'say' | 'report'>): Promise<void> => {
  say(`control: the stats of ${manyWorkers} simulated workers`);
  const broker = await lab.redis();
  const end = await startManyWorkers(broker, manyWorkers, answerBytes);
  const cluster = await follow(broker);
  const { replies, tookMs } = await cluster.operations.ask({ method: 'stats', arguments: {}, timeoutMs: 10_000 });
  await cluster.stop();
  end();
  const answered = replies.filter(({ kind }) => kind === 'answered').length;
  report({
    bench: 'control',
    what: `stats of ${manyWorkers} simulated workers, ${answerBytes} bytes each`,
    measured: `${answered} answered in ${tookMs} ms`,
    target: 'all <= 1 s',
    reached: answered === manyWorkers && tookMs <= 1_000,
    figures: { answered, tookMs },
  });
};

const follow = async (broker: Broker): Promise<Cluster> => {
  const connection = {
    id: 'bench',
    name: 'bench',
    url: broker.url,
    transportOptions: {},
    workerLostAfterMs: 20_000,
    maxTasks: 1_000,
  };
  const parts = { connection, broker: createBroker(connection), epoch: 'bench', now: Date.now, log: () => undefined };
  const cluster = new Cluster(parts);
  cluster.start();
  await until('the link is live', () => cluster.snapshot().link.kind === 'live');
  return cluster;
};

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
};

/** No more than the protocol asks: bind, publish, take two replies (kombu/pidbox.py). */
const barePing = async (commands: Redis, listener: Redis): Promise<void> => {
  const oid = randomUUID();
  const queue = `${oid}.reply.celery.pidbox`;
  const binding = `${oid}\x06\x16\x06\x16${queue}`;
  const body = {
    ...ping,
    destination: null,
    pattern: null,
    matcher: null,
    ticket: randomUUID(),
    reply_to: { exchange: 'reply.celery.pidbox', routing_key: oid },
  };
  const envelope = {
    body: Buffer.from(JSON.stringify(body)).toString('base64'),
    'content-encoding': 'utf-8',
    'content-type': 'application/json',
    headers: {},
    properties: {
      delivery_mode: 2,
      delivery_info: { exchange: 'celery.pidbox', routing_key: '' },
      priority: 0,
      body_encoding: 'base64',
      delivery_tag: randomUUID(),
    },
  };
  await commands.sadd('_kombu.binding.reply.celery.pidbox', binding);
  await commands.publish('/0.celery.pidbox', JSON.stringify(envelope));
  for (let reply = 0; reply < 2; reply++) await listener.brpop(queue, 5);
  await commands.srem('_kombu.binding.reply.celery.pidbox', binding);
};
