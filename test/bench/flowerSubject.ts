import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureFlower, type PythonEnv } from '../../scripts/setup/python.ts';
import { freePort } from '../lab/freePort.ts';
import type { Keeper } from '../lab/keeper.ts';
import { LabLacks } from '../lab/labLacks.ts';
import { Server } from '../lab/server.ts';
import { usageOf } from './procfs.ts';
import { patienceMs, type Subject, type SubjectTarget, type Usage } from './subject.ts';

const idleSampleMs = 150;
/** Of one CPU, over a sample: Flower's own timers stay below it. */
const idleShare = 0.1;

/** Starts Flower with its own defaults but for the number of tasks it keeps. */
export const startFlower = async (keeper: Keeper, name: string, target: SubjectTarget): Promise<Subject> => {
  if (process.platform !== 'linux') throw new LabLacks('what Flower uses is read from /proc, which only Linux has');
  const { celery } = await findFlower();
  const [command = '', ...head] = celery;
  const port = await freePort();
  const own = ['--address=127.0.0.1', `--port=${port}`, `--max_tasks=${target.maxTasks}`, '--logging=error'];
  const args = [...head, `--broker=${target.url}`, 'flower', ...own];
  const server = new Server(keeper, { name, command, args, log: join(keeper.folder, `${name}.log`) });
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  await server.start(async () => (await metrics()).includes('python_info'), 60_000);
  return new Flower(server, metrics);
};

const findFlower = (): Promise<PythonEnv> =>
  ensureFlower(() => undefined).catch((error: unknown) => {
    throw new LabLacks(`no Flower to compare with: ${error instanceof Error ? error.message : error}`);
  });

class Flower implements Subject {
  readonly name = 'Flower';
  readonly #server: Server;
  readonly #metrics: () => Promise<string>;
  /** Asking costs Flower something too; that is not the events' fault. */
  #cpuOfAsking = 0;

  constructor(server: Server, metrics: () => Promise<string>) {
    this.#server = server;
    this.#metrics = metrics;
  }

  async counted(): Promise<number> {
    const before = usageOf(this.#server.pid).cpuSeconds;
    const lines = (await this.#metrics()).split('\n').filter((line) => line.startsWith('flower_events_total{'));
    this.#cpuOfAsking += usageOf(this.#server.pid).cpuSeconds - before;
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  async countTo(total: number): Promise<number> {
    let last = -1;
    let since = performance.now();
    for (;;) {
      await this.#idle();
      const now = await this.counted();
      if (now !== last) since = performance.now();
      else if (performance.now() - since > patienceMs) return now;
      if (now >= total) return now;
      last = now;
    }
  }

  async usage(): Promise<Usage> {
    const usage = usageOf(this.#server.pid);
    return { ...usage, cpuSeconds: usage.cpuSeconds - this.#cpuOfAsking };
  }

  close(): Promise<void> {
    return this.#server.stop();
  }

  /** Waits until it has worked off what it was sent, without disturbing it. */
  async #idle(): Promise<void> {
    for (;;) {
      const before = usageOf(this.#server.pid).cpuSeconds;
      await wait(idleSampleMs);
      if (usageOf(this.#server.pid).cpuSeconds - before < (idleShare * idleSampleMs) / 1000) return;
    }
  }
}
