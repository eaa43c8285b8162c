import { constants } from 'node:os';
import type { ProcessOutput } from '../api/threads.ts';
import { linkOf, textOf } from './procFs.ts';

/** What a signal does to a process, and where it writes. */
export interface ProcessFacts {
  /** Whether SIGUSR1 makes it do something: who does not listen to it dies of it. Elsewhere than on Linux nothing tells. */
  readonly hearsUsr1: boolean;
  readonly stderr: ProcessOutput;
}

export const readFacts = async (pid: number): Promise<ProcessFacts> => {
  if (process.platform !== 'linux') return { hearsUsr1: true, stderr: { kind: 'unknown' } };
  const [status, target] = await Promise.all([textOf(pid, 'status'), linkOf(pid, 'fd/2')]);
  return { hearsUsr1: isCaught(status ?? '', constants.signals.SIGUSR1), stderr: outputOf(target) };
};

/** `SigCgt` is a mask in which the first signal is the lowest bit. */
const isCaught = (status: string, signal: number): boolean => {
  const mask = /^SigCgt:\s+([0-9a-f]+)/m.exec(status)?.[1] ?? '0';
  return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
};

/** What the link `fd/2` of a process points to. */
export const outputOf = (target: string | null): ProcessOutput => {
  if (target === '/dev/null') return { kind: 'nowhere' };
  if (target === null || target.endsWith(' (deleted)')) return { kind: 'unknown' };
  if (/^\/dev\/(pts\/|tty|console)/.test(target)) return { kind: 'terminal', path: target };
  if (/^(pipe|socket):/.test(target)) return { kind: 'pipe' };
  return target.startsWith('/') ? { kind: 'file', path: target } : { kind: 'unknown' };
};
