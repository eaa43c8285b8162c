import { type LocalProcess, readProcess } from '../localProcess.ts';
import { processIds, socketsOf, wordsOf } from '../procFs.ts';

/** A process of this machine that holds a socket. */
export type Owner = Pick<LocalProcess, 'pid' | 'parentPid' | 'command'>;

/** Whose sockets these are, by the number of the socket. Found are processes of Python that may be looked into. */
export const findOwners = async (inodes: ReadonlySet<string>): Promise<ReadonlyMap<string, Owner>> => {
  const owners = new Map<string, Owner>();
  for (const pid of await processIds()) {
    if (owners.size === inodes.size) break;
    const process = await readProcess(pid);
    if (!process || !runsPython(process.command)) continue;
    for (const inode of await socketsOf(pid)) if (inodes.has(inode)) owners.set(inode, process);
  }
  return owners;
};

/**
 * A worker that is known by its pid, or a child of it; else whatever is called Celery. Everything descends from process 1,
 * and a worker of another machine may have the pid of anything here.
 */
export const isCelery = ({ pid, parentPid, command }: Owner, workers: ReadonlySet<number>): boolean => {
  if (/celery/i.test(command)) return true;
  const isKnown = (pid > 1 && workers.has(pid)) || (parentPid > 1 && workers.has(parentPid));
  return isKnown && runsPython(command);
};

/** Where the debugger of a process begins to look for a free port, if its environment says so. */
export const portBaseOf = async (pid: number): Promise<number | null> => {
  const words = await wordsOf(pid, 'environ');
  const [, base] = words.map((word) => /^CELERY_RDB_PORT=(\d+)$/.exec(word)).find((found) => found !== null) ?? [];
  return base === undefined ? null : Number(base);
};

const runsPython = (command: string): boolean => /python|celery/i.test(command);
