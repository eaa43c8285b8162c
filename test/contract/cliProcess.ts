import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Broker } from '../lab/broker.ts';
import { LabLacks } from '../lab/labLacks.ts';
import { ownEnvironment } from '../lab/ownEnvironment.ts';
import { until } from '../lab/until.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const built = ['cli.js', 'cli', 'historyWorker.js', 'browser.js', 'browser.css'];

/**
 * The built command line, copied away so that a build that runs meanwhile does not pull it from under the tests. All files
 * of tests share one copy of a build: Node finds there what it has compiled before, as it does for people.
 */
const command = (() => {
  const folder = join(tmpdir(), `celeriac-cli-${process.getuid?.() ?? 0}-${buildMark()}`);
  if (existsSync(folder)) return join(folder, 'cli.js');
  const beside = mkdtempSync(`${folder}.`);
  for (const file of built) cpSync(join(dist, file), join(beside, file), { recursive: true });
  writeFileSync(join(beside, 'package.json'), '{ "type": "commonjs" }\n');
  try {
    renameSync(beside, folder);
  } catch {
    // Another file of tests was first.
    rmSync(beside, { recursive: true, force: true });
  }
  return join(folder, 'cli.js');
})();

/** The same for the same build: of its names and texts. */
function buildMark(): string {
  const hash = createHash('sha256');
  for (const file of built)
    for (const path of [file, ...(file === 'cli' ? readdirSync(join(dist, file)).map((each) => join(file, each)) : [])])
      if (path !== 'cli') hash.update(path).update(readFileSync(join(dist, path)));
  return hash.digest('hex').slice(0, 16);
}

/** Its program and first argument, for who runs it in another way. */
export const commandLine = [process.execPath, command] as const;

const running = new Set<ChildProcess>();

/** A test that failed half-way must not keep the others waiting. */
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface CliRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** Runs it on a terminal, whose keys `press` presses. */
  readonly terminal?: boolean;
  /** The file that its output goes to, in place of `stdout`. */
  readonly output?: string;
  /** What runs it: a program that ends by running the rest of its arguments. */
  readonly by?: readonly string[];
}

/** `celeriac …` as a process that still runs. */
export class CliProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<CliRun>;
  private readonly child: ChildProcess;

  constructor(args: readonly string[], { env, input, cwd, terminal = false, output, by = [] }: CliOptions = {}) {
    const [program = '', ...head] = terminal ? onTerminal(args) : [...by, process.execPath, command, ...args];
    const out = output === undefined ? null : openSync(output, 'w');
    const child = spawn(program, head, {
      env: { ...ownEnvironment(), ...env },
      stdio: ['pipe', out ?? 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (out !== null) closeSync(out);
    this.child = child;
    running.add(child);
    child.on('close', () => running.delete(child));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    child.stdin?.on('error', () => undefined);
    if (!terminal) child.stdin?.end(input ?? '');
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ stdout: this.stdout, stderr: this.stderr, code, signal }));
    });
  }

  get pid(): number {
    return this.child.pid ?? assertRunning();
  }

  get lines(): readonly string[] {
    return this.stdout.split('\n').slice(0, -1);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  press(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** What `| head` does when it has had enough. */
  closeOutput(): void {
    this.child.stdout?.destroy();
  }

  printed(what: RegExp, timeoutMs = 20_000): Promise<true> {
    return until(`it prints ${what}; so far: ${this.stderr}`, () => what.test(this.stdout) || null, timeoutMs);
  }

  said(what: RegExp, timeoutMs = 20_000): Promise<true> {
    return until(`it says ${what}; so far: ${this.stderr}`, () => what.test(this.stderr) || null, timeoutMs);
  }
}

/** util-linux' `script` gives a command a terminal and hands on its exit code. */
const onTerminal = (args: readonly string[]): [string, ...string[]] => {
  const script = '/usr/bin/script';
  if (!existsSync(script)) throw new LabLacks('there is no "script" to make a terminal (Debian: bsdutils)');
  const line = [process.execPath, command, ...args].map((word) => `'${word}'`).join(' ');
  return [script, '-qefc', `stty cols 80 rows 24; exec ${line}`, '/dev/null'];
};

const assertRunning = (): never => {
  throw new Error('celeriac is not running');
};

/** `celeriac …` to its end. */
export const celeriac = (args: readonly string[], options?: CliOptions): Promise<CliRun> =>
  new CliProcess(args, options).ended;

/** The options that lead to a broker of the lab. */
export const at = ({ url, transportOptions = {} }: Broker): string[] => [
  '--broker',
  url,
  ...Object.entries(transportOptions).flatMap(([name, value]) => ['--transport-option', `${name}=${value}`]),
];
