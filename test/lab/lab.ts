import type { Execution } from './execute.ts';
import { type LabFilesystem, makeFilesystem } from './filesystem.ts';
import { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { type PythonOptions, runCelery, runPython } from './python.ts';
import { type LabRedis, type RedisOptions, startRedis } from './redis.ts';
import { type SendOptions, sendTask } from './send.ts';
import { type LabWorker, startWorker, type WorkerOptions } from './worker.ts';

export type { Broker } from './broker.ts';
export { LabLacks } from './labLacks.ts';
export { until } from './until.ts';
export type { LabFilesystem, LabRedis, LabWorker };

/**
 * Real brokers and real workers on free loopback ports, in a temporary folder. What it cannot have it refuses with
 * `LabLacks`. Everything it has started ends with `close`, or with this process, even if that is killed.
 */
export class Lab {
  readonly #keeper: Keeper;
  #started = 0;

  private constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  static async open(): Promise<Lab> {
    if (process.platform === 'win32') throw new LabLacks('the lab needs process groups, which Windows does not have');
    return new Lab(new Keeper());
  }

  get folder(): string {
    return this.#keeper.folder;
  }

  redis(options?: RedisOptions): Promise<LabRedis> {
    return startRedis(this.#keeper, this.#name('redis'), options);
  }

  async filesystem(options: { readonly storeProcessed?: boolean } = {}): Promise<LabFilesystem> {
    return makeFilesystem(this.#keeper, this.#name('filesystem'), options.storeProcessed);
  }

  worker(options: WorkerOptions): Promise<LabWorker> {
    return startWorker(this.#keeper, this.#name('worker'), options);
  }

  /** `celery -A lab_app …`; its exit code is part of the answer, not an error. */
  celery(
    options: PythonOptions & { readonly args: readonly string[]; readonly timeoutMs?: number },
  ): Promise<Execution> {
    return runCelery(this.#keeper, options);
  }

  /** A Python script (its path or its text) in which `lab_app` and `shop` are importable. */
  python(
    options: PythonOptions & { readonly code: string; readonly input?: string; readonly timeoutMs?: number },
  ): Promise<Execution> {
    return runPython(this.#keeper, options);
  }

  /** Sends a task with Celery's own client; answers the ids. */
  send(options: SendOptions): Promise<string[]> {
    return sendTask(this.#keeper, options);
  }

  async close(): Promise<void> {
    await this.#keeper.close();
  }

  #name(kind: string): string {
    this.#started += 1;
    return `${kind}${this.#started}`;
  }
}
