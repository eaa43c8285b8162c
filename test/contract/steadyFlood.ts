import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { openRedisPublisher } from '../bench/redisPublisher.ts';
import { TaskStream } from '../bench/taskStream.ts';
import type { Lab } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { Served } from './served.ts';

export interface SteadyFlood {
  readonly eventsPerSecond: number;
  readonly seconds: number;
}

const portionsPerSecond = 10;

/**
 * `celeriac serve` under a steady rate of events, while a program reads the stream of all of them, a scraper comes each second
 * and a page of tasks is asked for each second. Resolves with what was sent, and what the server says has become of it.
 */
export const floodSteadily = async (lab: Lab, { eventsPerSecond, seconds }: SteadyFlood) => {
  const broker = await lab.redis({ config: { 'client-output-buffer-limit': 'pubsub 512mb 256mb 60' } });
  const served = await Served.start(broker);
  const publisher = await openRedisPublisher(broker.url);
  await until('it listens', async () => (await publisher.hasListener()) || null);
  const stream = readStream(served.port);
  // What is published before the reader has come was never for it.
  await until('the reader listens', () => stream.isOpen || null);
  const asked = { scrapes: 0, pages: 0, slowestMs: 0, refused: 0 };
  let isOver = false;
  const askEachSecond = async (path: string, kind: 'scrapes' | 'pages'): Promise<void> => {
    while (!isOver) {
      const startedAt = performance.now();
      const { status } = await served.ask(path);
      asked[kind] += 1;
      asked.slowestMs = Math.max(asked.slowestMs, performance.now() - startedAt);
      if (status !== 200) asked.refused += 1;
      await wait(Math.max(0, 1_000 - (performance.now() - startedAt)));
    }
  };
  const askers = [askEachSecond('/metrics', 'scrapes'), askEachSecond('/api/v1/tasks?sort=runtime&limit=50', 'pages')];
  const source = new TaskStream();
  const portion = eventsPerSecond / portionsPerSecond;
  const startedAt = performance.now();
  let sent = 0;
  for (let index = 0; index < seconds * portionsPerSecond; index++) {
    const publish = publisher.prepare(source.messages(portion, 'batched'));
    await wait(Math.max(0, (index * 1_000) / portionsPerSecond - (performance.now() - startedAt)));
    await publish();
    sent += portion;
  }
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  isOver = true;
  await Promise.all(askers);
  const counters = async () => (await served.json('/api/v1/counters')).body;
  const isSettled = async () => {
    const { events, lost, uncountedLosses } = await counters();
    return events + lost >= sent || uncountedLosses > 0;
  };
  // A machine that is too slow for the rate takes it in later.
  await until('all has been taken in, or its loss is counted', isSettled, 600_000, 500).catch(() => undefined);
  const { events, lost, uncountedLosses, invalid } = await counters();
  await until('the reader has all', () => stream.read + stream.missed + lost >= sent, 30_000).catch(() => undefined);
  await publisher.close();
  stream.close();
  const code = await served.stop();
  return {
    sent,
    tookSeconds,
    events,
    lost,
    uncountedLosses,
    invalid,
    asked,
    code,
    read: stream.read,
    missed: stream.missed,
  };
};

/** Counts what a reader of the stream gets, and what it is told that it missed. */
const readStream = (port: number) => {
  const seen = { isOpen: false, read: 0, missed: 0, close: () => asked.destroy() as unknown };
  let rest = '';
  const asked = get({ port, host: '127.0.0.1', path: '/api/v1/events' }, (reply) => {
    reply.setEncoding('utf8').on('data', (text: string) => {
      seen.isOpen = true;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      let isMissed = false;
      for (const line of lines) {
        if (line === 'event: celeriac-missed') isMissed = true;
        else if (line.startsWith('data:')) {
          if (isMissed) seen.missed += Number(/"missed":(\d+)/.exec(line)?.[1] ?? 0);
          else seen.read += 1;
          isMissed = false;
        }
      }
    });
    reply.on('error', () => undefined);
  });
  asked.on('error', () => undefined);
  return seen;
};
