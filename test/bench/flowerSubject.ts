import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ensureFlower } from '../../scripts/setup/python.ts';
import { freePort } from '../lab/freePort.ts';
import type { Keeper } from '../lab/keeper.ts';
import { Server } from '../lab/server.ts';
import { patienceMs, type Subject, type SubjectTarget, type Usage } from './subject.ts';

const idleSampleMs = 150;
/** Of one CPU, over a sample: Flower's own timers stay below it. */
const idleShare = 0.1;

/** Starts Flower with its own defaults but for the number of tasks it keeps. */
export const startFlower = async (keeper: Keeper, name: string, target: SubjectTarget): Promise<Subject> => {
  const { celery } = await ensureFlower();
  const [command = '', ...head] = celery;
  const port = await freePort();
  const own = ['--address=127.0.0.1', `--port=${port}`, `--max_tasks=${target.maxTasks}`, '--logging=error'];
  const args = [...head, `--broker=${target.url}`, 'flower', ...own];
  const server = new Server(keeper, { name, command, args, log: join(keeper.folder, `${name}.log`) });
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  await server.start(async () => (await metrics()).includes('python_info'), 60_000);
  return new Flower(server, metrics);
};

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

/** proc(5): utime and stime in hundredths of a second, the resident set in pages. */
const usageOf = (pid: number): Usage => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return {
    cpuSeconds: ticks / 100,
    residentBytes: Number(fields[21]) * 4096,
    peakResidentBytes: Number(peak) * 1024,
  };
};
