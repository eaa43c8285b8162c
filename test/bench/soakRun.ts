import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../scripts/execute.ts';
import { freePort } from '../lab/freePort.ts';
import type { Keeper } from '../lab/keeper.ts';
import type { Lab } from '../lab/lab.ts';
import { sendSignal } from '../lab/processes.ts';
import { Server } from '../lab/server.ts';
import { until } from '../lab/until.ts';
import { startManyWorkers } from './manyWorkers.ts';
import { heartbeat, type Publisher } from './publisher.ts';
import { openRedisPublisher } from './redisPublisher.ts';
import { type Reading, type SoakFigures, soakFigures } from './soakFigures.ts';
import type { ProbeReading } from './soakProbe.ts';
import { type SoakNames, type SoakRequest, soakRequests } from './soakRequests.ts';
import { TaskStream } from './taskStream.ts';

export interface SoakOptions {
  readonly lab: Lab;
  readonly keeper: Keeper;
  readonly seconds: number;
  readonly say: (sentence: string) => void;
}

const workers = 50;
const answerBytes = 1_200;
/** So few that what is held is full long before the warm-up is over. */
const maxTasks = 2_000;
const eventsPerTick = 240;
const tickMs = 250;
/** Each route so many times a second: a day of one each second takes that much less. */
const roundsPerSecond = 10;
/** What makes workers work is let through twice a second for each client, in all. */
const pacedEvery = 4 * roundsPerSecond;
const warmUpPart = 0.35;
/** Until then the routes are asked; in the rest only events flow, which shows what time alone brings. */
const askingPart = 0.75;
const readEveryMs = 6_000;
const quietMs = 400;

/**
 * `celeriac serve` under the load of a day, compressed: fifty workers that answer and beat, events that flow, every route
 * asked again and again, streams that come and go.
 */
export const runSoak = async ({ lab, keeper, seconds, say }: SoakOptions): Promise<SoakFigures> => {
  const broker = await lab.redis();
  const endWorkers = await startManyWorkers(broker, workers, answerBytes);
  const publisher = await openRedisPublisher(broker.url);
  const served = await startServed(keeper, broker.url);
  const stop = new AbortController();
  const load = startLoad(publisher, stop.signal);
  const rounds = startRounds(served.port, stop.signal);
  let pausedRounds: (() => void) | null = null;
  try {
    const startedAt = performance.now();
    const elapsed = (): number => (performance.now() - startedAt) / 1_000;
    say(`soak: warming up for ${Math.round(seconds * warmUpPart)} s`);
    while (elapsed() < seconds * warmUpPart) await wait(250);
    say(`soak: measuring for ${Math.round(seconds * (1 - warmUpPart))} s`);
    const readings: Reading[] = [];
    while (elapsed() < seconds) {
      await wait(readEveryMs);
      // Between two rounds and two batches: what is under way would be counted as what is kept.
      const resumeLoad = await load.hold();
      const isAsking = pausedRounds === null;
      const resumeRounds: () => void = pausedRounds ?? (await rounds.hold());
      try {
        await wait(quietMs);
        const files = filesOf(served.server.pid);
        readings.push({ ...(await served.read()), seconds: elapsed(), isAsking, rounds: rounds.count, files });
      } finally {
        if (elapsed() < seconds * askingPart) resumeRounds();
        else pausedRounds = resumeRounds;
        resumeLoad();
      }
      rounds.check();
    }
    return soakFigures(readings, { events: load.events, statuses: rounds.statuses });
  } finally {
    stop.abort();
    pausedRounds?.();
    await Promise.allSettled([load.ended, rounds.ended]);
    await served.server.stop();
    await publisher.close();
    endWorkers();
  }
};

const filesOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

const startServed = async (keeper: Keeper, url: string) => {
  const port = await freePort();
  const history = join(keeper.folder, 'soak-history');
  const reading = join(keeper.folder, 'soak-reading.json');
  mkdirSync(history, { recursive: true });
  const server = new Server(keeper, {
    name: 'soaked',
    command: process.execPath,
    args: [
      '--expose-gc',
      '--import',
      join(import.meta.dirname, 'soakProbe.ts'),
      join(root, 'dist', 'cli.js'),
      'serve',
      ...['--port', `${port}`, '--max-tasks', `${maxTasks}`, '--history', history, '--allow-write'],
    ],
    env: { CELERY_BROKER_URL: url, CELERIAC_SOAK_PROBE: reading },
    log: join(keeper.folder, 'soaked.log'),
  });
  await server.start(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, 60_000);
  const read = async (): Promise<ProbeReading> => {
    rmSync(reading, { force: true });
    sendSignal(server.pid, 'SIGUSR2');
    return until<ProbeReading | null>('the process has told of itself', () => readIf(reading));
  };
  return { server, port, read };
};

const readIf = (path: string): ProbeReading | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProbeReading;
  } catch {
    return null;
  }
};

/** A place at which a loop that runs for long can be held: `hold` resolves when it stands there, with what lets it go on. */
class Gate {
  private wanted: PromiseWithResolvers<() => void> | null = null;

  hold(): Promise<() => void> {
    this.wanted = Promise.withResolvers();
    return this.wanted.promise;
  }

  async pass(): Promise<void> {
    const { wanted } = this;
    if (!wanted) return;
    this.wanted = null;
    const held = Promise.withResolvers<void>();
    wanted.resolve(held.resolve);
    await held.promise;
  }
}

const startLoad = (publisher: Publisher, signal: AbortSignal) => {
  const gate = new Gate();
  const load = { events: 0, ended: Promise.resolve(), hold: () => gate.hold() };
  const run = async (): Promise<void> => {
    const stream = new TaskStream(11);
    for (let tick = 0; !signal.aborted; tick++) {
      await gate.pass();
      const beats =
        tick % 8 === 0 ? Array.from({ length: workers }, (_, index) => heartbeat(`w${index}@many`, tick + 1)) : [];
      await publisher.prepare([...beats, ...stream.messages(eventsPerTick, 'batched')])();
      load.events += eventsPerTick + beats.length;
      await wait(tickMs, undefined, { signal }).catch(() => undefined);
    }
  };
  load.ended = run();
  return load;
};

const startRounds = (port: number, signal: AbortSignal) => {
  const gate = new Gate();
  const statuses: Record<string, number> = {};
  const state = { count: 0, failure: null as Error | null };
  const note = (status: number, path: string): void => {
    const isUsual = status < 400;
    const what = isUsual ? 'answered' : `${status} ${path.replace(/[?].*|[0-9a-f]{8}-.*/, '')}`;
    statuses[what] = (statuses[what] ?? 0) + 1;
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await gate.pass();
      const dueAt = performance.now() + 1_000 / roundsPerSecond;
      const isTurnOfPaced = state.count % pacedEvery === 0;
      const requests = soakRequests(await namesOf(port)).filter(({ isPaced }) => !isPaced || isTurnOfPaced);
      await Promise.all(requests.map(async (each) => note(await ask(port, each), each.path)));
      state.count += 1;
      await wait(Math.max(0, dueAt - performance.now()));
    }
  };
  const ended = run().catch(async (error: Error) => {
    state.failure = error;
    // Whoever waits for the end of a round shall hear of it.
    while (!signal.aborted) {
      await gate.pass();
      await wait(tickMs);
    }
  });
  return {
    statuses,
    ended,
    hold: () => gate.hold(),
    get count() {
      return state.count;
    },
    check: (): void => {
      if (state.failure) throw state.failure;
    },
  };
};

const namesOf = async (port: number): Promise<SoakNames> => {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/tasks?limit=1`);
  const { tasks } = (await reply.json()) as { readonly tasks: readonly { readonly id: string }[] };
  return { task: tasks[0]?.id ?? 'none', worker: 'w0@many' };
};

/** The status; of a stream as soon as it has begun, and then it is left. */
const ask = (port: number, { method, path, body, isStream }: SoakRequest): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const take = (reply: IncomingMessage): void => {
      const status = reply.statusCode ?? 0;
      reply.on('error', () => resolve(status));
      if (isStream) {
        reply.destroy();
        resolve(status);
        return;
      }
      reply.resume().on('end', () => resolve(status));
    };
    const asked = request({ port, host: '127.0.0.1', path, method, headers }, take);
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
