import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Lets one process at a time do the work. A lock whose holder has died is taken over. */
export const withLock = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const release = await takeLock(path);
  try {
    return await work();
  } finally {
    release();
  }
};

/** Resolves when the lock is this process's, with what gives it back. */
const takeLock = (path: string): Promise<() => void> => takeOneOf([path]);

/** Resolves when one of the locks is this process's, with what gives it back. */
export const takeOneOf = async (paths: readonly string[]): Promise<() => void> => {
  for (const path of paths) mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    const taken = paths.find(tryLock);
    if (taken !== undefined) return () => rmSync(taken, { force: true });
    await wait(100);
  }
};

const tryLock = (path: string): boolean => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    if (!isAlive(holderOf(path))) rmSync(path, { force: true });
    return false;
  }
};

/** An empty file is a lock that is just being written: its holder is treated as alive. */
const holderOf = (path: string): number => {
  try {
    return Number(readFileSync(path, 'utf8')) || process.pid;
  } catch {
    return process.pid;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
