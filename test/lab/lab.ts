import { type BackgroundOptions, type LabBackground, startBackground } from './background.ts';
import type { Broker } from './broker.ts';
import type { Execution } from './execute.ts';
import { type FilesystemOptions, type LabFilesystem, makeFilesystem } from './filesystem.ts';
import { type LabFlower, startFlower } from './flower.ts';
import { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { type LabPrometheus, type PrometheusOptions, runPromtool, startPrometheus } from './prometheus.ts';
import { type LabProxy, startProxy } from './proxy.ts';
import { type PythonOptions, runCelery, runPython, type ScriptOptions } from './python.ts';
import { type LabRabbitmq, type RabbitmqOptions, startRabbitmq } from './rabbitmq.ts';
import { type LabRedis, type RedisOptions, startRedis } from './redis.ts';
import { type SendOptions, sendTask } from './send.ts';
import { type LabSentinel, type SentinelOptions, startSentinel } from './sentinel.ts';
import { type LabWorker, startWorker, type WorkerOptions } from './worker.ts';

export type { Broker } from './broker.ts';
export { LabLacks } from './labLacks.ts';
export { until } from './until.ts';
export type { Execution, LabBackground, LabFilesystem, LabProxy, LabRabbitmq, LabRedis, LabSentinel, LabWorker };

/**
 * Real brokers and real workers on free loopback ports, in a temporary folder. What it cannot have it refuses with
 * `LabLacks`. Everything it has started ends with `close`, or with this process, even if that is killed.
 */
export class Lab {
  readonly #keeper: Keeper;
  readonly #proxies: LabProxy[] = [];
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

  sentinel(options?: SentinelOptions): Promise<LabSentinel> {
    return startSentinel(this.#keeper, this.#name('sentinel'), options);
  }

  rabbitmq(options?: RabbitmqOptions): Promise<LabRabbitmq> {
    return startRabbitmq(this.#keeper, this.#name('rabbitmq'), options);
  }

  async filesystem(options?: FilesystemOptions): Promise<LabFilesystem> {
    return makeFilesystem(this.#keeper, this.#name('filesystem'), options);
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
  python(options: ScriptOptions): Promise<Execution> {
    return runPython(this.#keeper, options);
  }

  /** A Python program that runs on: `python <args>`; resolves when it has said `readyWhen`. */
  background(options: BackgroundOptions): Promise<LabBackground> {
    return startBackground(this.#keeper, this.#name('python'), options);
  }

  flower(broker: Broker): Promise<LabFlower> {
    return startFlower(this.#keeper, this.#name('flower'), broker);
  }

  /** A real Prometheus that scrapes `target`. */
  prometheus(options: PrometheusOptions): Promise<LabPrometheus> {
    return startPrometheus(this.#keeper, this.#name('prometheus'), options);
  }

  promtool(args: readonly string[], input?: string): Promise<Execution> {
    return runPromtool(this.#keeper, args, input);
  }

  /** Sends a task with Celery's own client; answers the ids. */
  send(options: SendOptions): Promise<string[]> {
    return sendTask(this.#keeper, options);
  }

  /** Put it between a client and a server: {...broker, url: broker.url.replace(port, proxy.port)}. */
  async proxy(target: { readonly host: string; readonly port: number }): Promise<LabProxy> {
    const proxy = await startProxy(target);
    this.#proxies.push(proxy);
    return proxy;
  }

  async close(): Promise<void> {
    await Promise.all(this.#proxies.splice(0).map((proxy) => proxy.close()));
    await this.#keeper.close();
  }

  #name(kind: string): string {
    this.#started += 1;
    return `${kind}${this.#started}`;
  }
}
