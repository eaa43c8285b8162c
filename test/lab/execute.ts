import { spawn } from 'node:child_process';
import type { Keeper } from './keeper.ts';
import { ownEnvironment } from './ownEnvironment.ts';
import { sendSignal } from './processes.ts';

export interface Execution {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

interface ExecuteOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly timeoutMs?: number;
  readonly keeper?: Keeper;
}

/** Runs a command to its end, in a process group of its own that ends with the time-out or with the lab. */
export const execute = (command: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Execution> =>
  new Promise((resolve, reject) => {
    const { env, cwd, input = '', timeoutMs = 60_000, keeper } = options;
    const child = spawn(command, args, {
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...ownEnvironment(), ...env, ...keeper?.mark },
    });
    const group = child.pid;
    if (group !== undefined) keeper?.watch(group);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (group !== undefined) sendSignal(-group, 'SIGKILL');
    }, timeoutMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (group !== undefined) keeper?.forget(group);
      const said = { stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
      if (isLate)
        reject(
          new Error(`${command} ${args.join(' ')} took more than ${timeoutMs / 1000} s: ${said.stderr.slice(-2000)}`),
        );
      else resolve({ ...said, code: code ?? 1 });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
