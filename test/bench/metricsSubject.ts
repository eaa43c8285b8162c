import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from '../lab/server.ts';
import { usageOf } from './procfs.ts';
import { patienceMs, type Subject, type Usage } from './subject.ts';

const idleSampleMs = 150;
/** Of one CPU, over a sample: Flower's own timers stay below it. */
const idleShare = 0.1;

/** A monitor that is a process with metrics under Flower's names. */
export class MetricsSubject implements Subject {
  readonly name: string;
  readonly #server: Server;
  readonly #metrics: () => Promise<string>;
  /** Asking costs it something too; that is not the events' fault. */
  #cpuOfAsking = 0;

  constructor(name: string, server: Server, metrics: () => Promise<string>) {
    this.name = name;
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
