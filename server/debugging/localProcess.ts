import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { processIds, systemText, textOf } from './procFs.ts';

/** A process of this machine. */
export interface LocalProcess {
  readonly pid: number;
  readonly parentPid: number;
  /** What it calls itself: another number when it runs in a container. */
  readonly ownPid: number;
  readonly ageSeconds: number;
  readonly command: string;
}

/** Null: there is none, or the system does not tell. */
export const readProcess = (pid: number): Promise<LocalProcess | null> =>
  process.platform === 'linux' ? readProc(pid) : askPs(pid);

/** The processes that call themselves by this number inside a container; only Linux tells. */
export const processesInside = async (ownPid: number): Promise<readonly LocalProcess[]> => {
  if (process.platform !== 'linux') return [];
  const all = await Promise.all((await processIds()).map(readProc));
  return all.filter((each) => each !== null).filter((each) => each.ownPid === ownPid && each.pid !== ownPid);
};

const ticksPerSecond = 100;

const readProc = async (pid: number): Promise<LocalProcess | null> => {
  const [stat, status, commandLine, uptime] = await Promise.all([
    textOf(pid, 'stat'),
    textOf(pid, 'status'),
    textOf(pid, 'cmdline'),
    systemText('uptime'),
  ]);
  if (stat === null || status === null || commandLine === null || uptime === null) return null;
  // The name of the program stands in brackets, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const numbers = /^NSpid:\s*(.+)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
  return {
    pid,
    parentPid: Number(fields[1]),
    ownPid: Number(numbers.at(-1) ?? pid),
    ageSeconds: Number.parseFloat(uptime) - Number(fields[19]) / ticksPerSecond,
    command: commandLine.split('\0').join(' ').trim(),
  };
};

const askPs = async (pid: number): Promise<LocalProcess | null> => {
  if (process.platform === 'win32') return null;
  const columns = 'pid=,ppid=,etime=,command=';
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', columns, '-p', String(pid)], { timeout: 5_000 });
    return readPs(stdout);
  } catch {
    return null;
  }
};

/** "  812   1 02-03:04:05 python -m celery …" */
export const readPs = (line: string): LocalProcess | null => {
  const [, pid, parent, days, hours, minutes, seconds, command = ''] =
    /^\s*(\d+)\s+(\d+)\s+(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+)\s+(.*)/.exec(line) ?? [];
  if (pid === undefined || parent === undefined) return null;
  const ageSeconds = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return { pid: Number(pid), parentPid: Number(parent), ownPid: Number(pid), ageSeconds, command: command.trim() };
};
