import { readdir, readFile, readlink } from 'node:fs/promises';

/** A process of this machine that holds a socket. */
export interface Owner {
  readonly pid: number;
  readonly parentPid: number;
  readonly commandLine: string;
}

/** Whose sockets these are, by the number of the socket. Found are processes of Python that may be looked into. */
export const findOwners = async (inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, Owner>> => {
  const owners = new Map<string, Owner>();
  for (const pid of await processes()) {
    if (owners.size === inodes.size) break;
    const process = await readProcess(pid);
    if (!process || !runsPython(process.commandLine)) continue;
    for (const inode of await socketsOf(pid)) if (inodes.has(inode)) owners.set(inode, process);
  }
  return owners;
};

/**
 * A worker that is known by its pid, or a child of it; else whatever is called Celery. Everything descends from process 1,
 * and a worker of another machine may have the pid of anything here.
 */
export const isCelery = ({ pid, parentPid, commandLine }: Owner, workers: ReadonlySet<number>): boolean => {
  if (/celery/i.test(commandLine)) return true;
  const isKnown = (pid > 1 && workers.has(pid)) || (parentPid > 1 && workers.has(parentPid));
  return isKnown && runsPython(commandLine);
};

export const isAlive = async (pid: number): Promise<boolean> => (await textOf(pid, 'stat')) !== null;

/** Where the debugger of a process begins to look for a free port, if its environment says so. */
export const portBaseOf = async (pid: number): Promise<number | null> => {
  const found = /(?:^|\0)CELERY_RDB_PORT=(\d+)/.exec((await textOf(pid, 'environ')) ?? '');
  return found ? Number(found[1]) : null;
};

const runsPython = (commandLine: string): boolean => /python|celery/i.test(commandLine);

/** The youngest first: what waits has often just been started. */
const processes = async (): Promise<readonly number[]> => {
  const names = await readdir('/proc').catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
};

const readProcess = async (pid: number): Promise<Owner | null> => {
  const [stat, commandLine] = await Promise.all([textOf(pid, 'stat'), textOf(pid, 'cmdline')]);
  // The name in brackets may contain anything, also brackets.
  const parentPid = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return stat === null || commandLine === null || !Number.isInteger(parentPid)
    ? null
    : { pid, parentPid, commandLine: commandLine.replaceAll('\0', ' ').trim() };
};

const socketsOf = async (pid: number): Promise<readonly string[]> => {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
};

const textOf = (pid: number, file: string): Promise<string | null> =>
  readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null);
