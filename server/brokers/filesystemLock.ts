import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { platform } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { within } from '../waits/within.ts';

const patienceMs = 5_000;
/** Of util-linux; BusyBox has one as well. */
const lockCommand = 'flock';

/**
 * Runs `work` while holding the same exclusive flock on the file that kombu takes (kombu/transport/filesystem.py: lock).
 * Node has no flock of its own: on Linux the `flock` command holds it for us, on macOS and BSD `open` can. Where neither
 * is to be had, or somebody sits on the lock, the work is done without it: it must check its own outcome.
 */
export const withFileLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const release = await takeLock(path);
  try {
    return await work();
  } finally {
    await release();
  }
};

type Release = () => Promise<void>;

const takeLock = async (path: string): Promise<Release> => {
  switch (platform()) {
    case 'linux':
      return lockByCommand(path);
    case 'darwin':
    case 'freebsd':
      return lockByOpening(path);
    default:
      return async () => undefined;
  }
};

/** `cat` runs, and so echoes, only once `flock` has the lock; it ends, and so lets go, when its input does. */
const lockByCommand = async (path: string): Promise<Release> => {
  const holder = spawn(lockCommand, ['-x', path, 'cat']);
  const gone = new Promise<void>((resolve) => {
    holder.once('error', () => resolve());
    holder.once('close', () => resolve());
  });
  holder.stdin.on('error', () => undefined);
  holder.stdin.write('.');
  await within(firstEcho(holder), patienceMs, () => undefined);
  return async () => {
    holder.stdin.end();
    await within(gone, patienceMs, () => undefined);
    holder.kill('SIGKILL');
  };
};

/** Resolves as well when it ends without one. */
const firstEcho = (holder: ChildProcessWithoutNullStreams): Promise<void> =>
  new Promise((resolve) => {
    holder.stdout.once('data', () => resolve());
    holder.once('error', () => resolve());
    holder.once('close', () => resolve());
  });

/** BSD's O_RDWR | O_NONBLOCK | O_EXLOCK, which Node does not name but hands on. */
const openLocked = 0x0002 | 0x0004 | 0x0020;

const lockByOpening = async (path: string): Promise<Release> => {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    try {
      const file = await open(path, openLocked);
      return () => file.close();
    } catch {
      await delay(20);
    }
  }
  return async () => undefined;
};
