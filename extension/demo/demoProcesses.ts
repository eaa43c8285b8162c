import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { demoStaff } from './demoStaff.ts';

export interface DemoSite {
  readonly python: string;
  /** Where the package `shop` is. */
  readonly code: string;
  /** Where its messages and results go. */
  readonly folder: string;
}

const patienceMs = 7_000;
const lastLines = 20;

/** The workers and customers of the demo. They hold our end of a pipe each, so they end with us, however we end. */
export class DemoProcesses {
  private readonly children: readonly ChildProcess[];
  private readonly logs: readonly string[];
  private readonly troubles: string[] = [];
  private ended = 0;

  constructor(site: DemoSite, onAllEnded: () => void) {
    const staff = demoStaff(process.platform);
    const logOf = (name: string): string => join(site.folder, `${name}.log`);
    this.logs = staff.map(({ name }) => logOf(name));
    this.children = staff.map(({ name, args }) => {
      // A file, not a pipe: what a worker writes down of its threads can be read there.
      const log = openSync(logOf(name), 'a');
      const child = spawn(site.python, ['-m', 'shop.tied', ...args], {
        cwd: site.folder,
        env: environment(site),
        detached: process.platform !== 'win32',
        stdio: ['pipe', 'ignore', log],
        windowsHide: true,
      });
      closeSync(log);
      child.on('error', (error) => this.troubles.push(`${name}: ${error.message}`));
      child.stdin?.on('error', () => undefined);
      child.on('close', () => {
        this.ended += 1;
        if (this.ended === this.children.length) onAllEnded();
      });
      return child;
    });
  }

  get areAllGone(): boolean {
    return this.ended === this.children.length;
  }

  /** What they said last, for whoever has to find out why they do not run. */
  get lastWords(): string {
    const said = this.logs.flatMap((file) => wordsIn(file).slice(-lastLines));
    return [...this.troubles, ...said].join('\n');
  }

  /** Tells all to end. */
  release(): void {
    for (const child of this.children) child.stdin?.destroy();
  }

  /** Resolves when none is left. */
  async stop(): Promise<void> {
    this.release();
    const force = setTimeout(() => this.kill(), patienceMs);
    await Promise.all(this.children.map((child) => (isOver(child) ? undefined : once(child, 'close'))));
    clearTimeout(force);
  }

  private kill(): void {
    for (const child of this.children) {
      if (isOver(child) || child.pid === undefined) continue;
      try {
        if (process.platform === 'win32') child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has just ended by itself.
      }
    }
  }
}

const wordsIn = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch {
    return [];
  }
};

const isOver = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Settings of another Celery app in the environment are not meant for the shop. */
const environment = ({ code, folder }: DemoSite): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) if (/^(?:CELERY|SHOP|DJANGO|FLASK)_/.test(name)) delete env[name];
  return {
    ...env,
    PYTHONPATH: [code, env['PYTHONPATH']].filter(Boolean).join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    SHOP_DATA: folder,
    SHOP_SPEED: '1',
  };
};
