import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { ProcessReach, ReachObstacle } from '../api/debugging.ts';
import { mayExecute } from './executableTrust.ts';
import { gdbFails } from './gdbFails.ts';
import { linkOf, ownerOf, systemText, textOf, wordsOf } from './procFs.ts';
import { stepsTo } from './stepsTo.ts';

/** Whether debugpy can be brought into a process of this machine, and by which Python. */
export const processReach = async (pid: number): Promise<ProcessReach> => {
  if (!isAlive(pid)) return { pythons: [], obstacle: 'gone' };
  if (process.platform !== 'linux') return { pythons: [], obstacle: null };
  const [pythons, obstacle] = await Promise.all([pythonsOf(pid), obstacleTo(pid)]);
  return { pythons, obstacle };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const obstacleTo = async (pid: number): Promise<ReachObstacle | null> => {
  const owner = await ownerOf(pid);
  if (owner === null) return 'gone';
  const [status, scope] = await Promise.all([textOf('self', 'status'), systemText('sys/kernel/yama/ptrace_scope')]);
  const own = process.getuid?.() ?? 0;
  const obstacle = traceObstacle({ own, owner, status: status ?? '', scope: Number(scope ?? '') });
  if (obstacle !== null) return obstacle;
  const program = (await linkOf(pid, 'exe')) ?? '';
  if (!takesGdb(program)) return null;
  if (!(await hasGdb())) return 'noGdb';
  return (await gdbFails()) ? 'gdbFails' : null;
};

interface TraceFacts {
  readonly own: number;
  readonly owner: number;
  /** Of this process, as Linux tells it (/proc/self/status). */
  readonly status: string;
  /** Yama's: 1: only a parent may look into its own children; 2: only root may; 3: nobody may. */
  readonly scope: number;
}

/** From 3.14 on, Python itself lets code in (sys.remote_exec). */
export const takesGdb = (program: string): boolean => {
  const minor = /python3\.(\d+)/.exec(program)?.[1];
  return minor === undefined || Number(minor) < 14;
};

const tracing = 19n;

/** Root in a container often is not allowed what root is elsewhere: CAP_SYS_PTRACE decides. */
export const traceObstacle = ({ own, owner, status, scope }: TraceFacts): ReachObstacle | null => {
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  const mayTraceAll = ((BigInt(`0x${capabilities}`) >> tracing) & 1n) === 1n;
  if (scope >= 3) return 'ptraceForbidden';
  if (mayTraceAll) return null;
  if (own !== owner) return 'otherUser';
  return scope > 0 ? 'ptraceForbidden' : null;
};

const hasGdb = async (): Promise<boolean> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = await Promise.all(folders.map((folder) => isProgram(join(folder, 'gdb'))));
  return found.includes(true);
};

const isProgram = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * Nothing of another user's process, which we would run as ourselves. A worker may write what it does over its command
 * line; its environment and its program stay.
 */
const pythonsOf = async (pid: number): Promise<readonly string[]> => {
  const [words, variables, program] = await Promise.all([
    wordsOf(pid, 'cmdline'),
    wordsOf(pid, 'environ'),
    linkOf(pid, 'exe'),
  ]);
  const venv = variables.find((each) => each.startsWith('VIRTUAL_ENV='))?.slice('VIRTUAL_ENV='.length);
  const candidates = [words[0] ?? '', ...(venv ? [join(venv, 'bin', 'python')] : []), program ?? ''];
  const fits = candidates.filter((each) => each.startsWith('/') && /python[\d.]*$/.test(each));
  return trusted(pid, [...new Set(fits)]);
};

/** Asked about whose process it is once its words were read: a number that has gone to another process is not believed. */
const trusted = async (pid: number, programs: readonly string[]): Promise<readonly string[]> => {
  const own = process.getuid?.();
  const owner = await ownerOf(pid);
  if (own === undefined || owner === null) return [];
  const may = await Promise.all(
    programs.map(async (program) => mayExecute({ own, owner, steps: await stepsTo(program) })),
  );
  return programs.filter((_, index) => may[index]);
};
