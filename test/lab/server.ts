import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import type { Keeper } from './keeper.ts';
import { ownEnvironment } from './ownEnvironment.ts';
import { isGroupAlive, sendSignal } from './processes.ts';
import { GivenUp, until } from './until.ts';

/** How to start one long-running process. Its output goes to a file, so it never waits for a reader. */
export interface Launch {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly log: string;
}

/** One process and all its children: a group of its own, which is signalled as a whole where that is meant. */
export class Server {
  readonly #keeper: Keeper;
  readonly #launch: Launch;
  #child: ChildProcess | undefined;
  #startedAt = 0;

  constructor(keeper: Keeper, launch: Launch) {
    this.#keeper = keeper;
    this.#launch = launch;
  }

  get name(): string {
    return this.#launch.name;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error(`${this.name} is not running`);
    return this.#child.pid;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has written since it was last started. */
  output(): string {
    return readFileSync(this.#launch.log).subarray(this.#startedAt).toString();
  }

  /** Starts it and waits until `isReady` says so. */
  async start(isReady: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
    if (this.isRunning) throw new Error(`${this.name} is running already`);
    await this.#spawn();
    try {
      await until(`${this.name} is ready`, () => this.#check(isReady), timeoutMs);
    } catch (error) {
      await this.kill();
      throw new Error(`${error instanceof Error ? error.message : error}\n${this.#tail()}`, { cause: error });
    }
  }

  /** Ends it in its own way (SIGTERM to the process itself), and by force when it does not end in time. */
  async stop(timeoutMs = 20_000): Promise<void> {
    if (!this.isRunning) return;
    sendSignal(this.pid, 'SIGTERM');
    sendSignal(-this.pid, 'SIGCONT');
    await until(`${this.name} has ended`, () => !this.isRunning, timeoutMs).catch(() => undefined);
    await this.kill();
  }

  /** SIGKILL to the whole group: nothing is said goodbye to. */
  async kill(): Promise<void> {
    const group = this.#child?.pid;
    if (group === undefined) return;
    sendSignal(-group, 'SIGKILL');
    await until(`${this.name} is gone`, () => !this.isRunning && !isGroupAlive(group));
    this.#keeper.forget(group);
  }

  /** SIGSTOP to the whole group: connections stay open, nothing moves. */
  pause(): void {
    sendSignal(-this.pid, 'SIGSTOP');
  }

  resume(): void {
    sendSignal(-this.pid, 'SIGCONT');
  }

  async #spawn(): Promise<void> {
    const { command, args, env, cwd, log } = this.#launch;
    appendFileSync(log, '');
    this.#startedAt = readFileSync(log).length;
    const out = openSync(log, 'a');
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', out, out],
      cwd: cwd ?? this.#keeper.folder,
      env: { ...ownEnvironment(), ...env, ...this.#keeper.mark },
    });
    closeSync(out);
    if (child.pid !== undefined) this.#keeper.watch(child.pid);
    // A server must not keep the test's process alive: a forgotten close() is the reaper's business.
    child.unref();
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    this.#child = child;
  }

  #check(isReady: () => boolean | Promise<boolean>): boolean | Promise<boolean> {
    if (this.isRunning) return isReady();
    throw new GivenUp(`${this.name} ended at once (${this.#child?.exitCode ?? this.#child?.signalCode})`);
  }

  #tail(): string {
    return `Its last words:\n${this.output().trim().split('\n').slice(-25).join('\n')}`;
  }
}
