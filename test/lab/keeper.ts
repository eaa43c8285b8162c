import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The lab's end of the reaper: the temporary folder and every process group that must not outlive this process. */
export class Keeper {
  readonly folder: string;
  readonly #reaper: ChildProcess;

  constructor() {
    // Short: the path of a unix socket below it may have about 100 characters.
    this.folder = mkdtempSync(join(tmpdir(), 'celeriac-lab-'));
    const script = fileURLToPath(new URL('reaper.ts', import.meta.url));
    this.#reaper = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, this.folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env.PATH },
    });
    this.#reaper.unref();
    // When the reaper is gone first there is nobody left to tell; `close` then finds out.
    this.#reaper.stdin?.on('error', () => {});
  }

  /**
   * The environment that marks a process as this lab's own, even if it leaves its group. Temporary files go into the
   * folder too: kombu's filesystem broker moves messages through there, and a killed worker leaves one behind.
   */
  get mark(): Readonly<Record<string, string>> {
    return { CELERIAC_LAB: this.folder, TMPDIR: this.folder };
  }

  watch(group: number): void {
    this.#reaper.stdin?.write(`+${group}\n`);
  }

  forget(group: number): void {
    this.#reaper.stdin?.write(`-${group}\n`);
  }

  /** Lets the reaper do its work now; resolves when everything is gone. */
  async close(): Promise<void> {
    if (this.#reaper.exitCode !== null || this.#reaper.signalCode !== null) return;
    this.#reaper.ref();
    const gone = new Promise<void>((resolve) => this.#reaper.once('exit', () => resolve()));
    this.#reaper.stdin?.end();
    await gone;
  }
}
