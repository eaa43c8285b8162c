import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { root } from '../../scripts/execute.ts';
import { openRedisPublisher } from '../bench/redisPublisher.ts';
import type { EventMessage } from '../bench/taskStream.ts';
import { freePort } from '../lab/freePort.ts';
import { Keeper } from '../lab/keeper.ts';
import type { Lab } from '../lab/lab.ts';
import { memoryCage } from '../lab/memoryCage.ts';
import { Server } from '../lab/server.ts';
import { until } from '../lab/until.ts';

export interface Flood {
  readonly memoryMb: number;
  readonly events: number;
  readonly eventBytes: number;
}

const megabyte = 1024 * 1024;
const messagesAtOnce = 50;

/** `celeriac serve` in so much memory, while failures with large texts, each different, come as fast as Redis takes them. */
export const floodServe = async (lab: Lab, { memoryMb, events, eventBytes }: Flood) => {
  const broker = await lab.redis();
  const keeper = new Keeper();
  const cage = memoryCage(`celeriac-flood-${process.pid}`, memoryMb * megabyte);
  const port = await freePort();
  const server = new Server(keeper, {
    name: 'caged',
    command: 'sh',
    args: [...cage.shell([process.execPath, join(root, 'dist', 'cli.js'), 'serve', '--port', `${port}`])],
    env: { CELERY_BROKER_URL: broker.url },
    log: join(keeper.folder, 'caged.log'),
  });
  const ask = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  try {
    await server.start(async () => (await ask('/readyz')).ok, 60_000);
    const publisher = await openRedisPublisher(broker.url);
    for (let sent = 0; sent < events && server.isRunning; sent += messagesAtOnce)
      await publisher.prepare(failures(sent, Math.min(messagesAtOnce, events - sent), eventBytes))();
    await publisher.close();
    await until('it is ready again', async () => (await ask('/readyz')).ok, 60_000);
    const counters = (await (await ask('/api/v1/counters')).json()) as Counters;
    return { counters, isRunning: server.isRunning, kills: cage.kills(), peakBytes: cage.peakBytes() };
  } catch (error) {
    const said = server.output().slice(-2_000);
    throw new Error(`${error instanceof Error ? error.message : error}\nkilled: ${cage.kills()}\n${said}`, {
      cause: error,
    });
  } finally {
    await server.kill();
    await keeper.close();
    cage.open();
  }
};

interface Counters {
  readonly events: number;
  readonly tasks: number;
  readonly lost: number;
  readonly stores: Readonly<
    Record<string, { readonly bytes: number; readonly limit: number; readonly evicted: number }>
  >;
}

const failures = (first: number, count: number, bytes: number): EventMessage[] =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const uuid = `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
    const words = randomBytes(bytes / 4).toString('hex');
    const fields = {
      type: 'task-failed',
      hostname: 'w@flood',
      uuid,
      timestamp: Date.now() / 1_000,
      clock: number,
      utcoffset: 0,
      pid: 1,
      exception: `ValueError('${words}')`,
      traceback: `Traceback (most recent call last):\n  File "/app/a.py", line 1, in f${number}\n    ${words}\nValueError: ${number}`,
    };
    return { routingKey: 'task.failed', hostname: 'w@flood', body: JSON.stringify(fields) };
  });
