import { execFile, spawn } from 'node:child_process';

const withinMs = 10_000;
/** gdb 13 and older do not know the state of newer processors, and cannot put back what a call would change. */
const known = /Couldn't write extended state status/;

let asked: Promise<boolean> | null = null;

/** Whether gdb is known to be unable to run code in a process of this machine. It is tried once, on a process of ours. */
export const gdbFails = (): Promise<boolean> => {
  asked ??= tryOnce();
  return asked;
};

const tryOnce = async (): Promise<boolean> => {
  const child = spawn('sleep', ['30'], { stdio: 'ignore' });
  try {
    if (!(await hasBegun(child))) return false;
    return known.test(
      await sayOf(['--nw', '--nh', '--nx', `--pid=${child.pid}`, '--batch', '--eval-command=call (int)getpid()']),
    );
  } finally {
    child.kill('SIGKILL');
  }
};

const hasBegun = (child: ReturnType<typeof spawn>): Promise<boolean> =>
  new Promise((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });

const sayOf = (args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile('gdb', args, { timeout: withinMs }, (_error, stdout, stderr) => resolve(`${stdout}\n${stderr}`));
  });
