import type { WorkerPlace } from '../api/debugging.ts';
import type { LocalProcess } from './localProcess.ts';

export interface WorkerTrace {
  readonly hostname: string;
  readonly mainPid: number | null;
  readonly uptimeSeconds: number | null;
}

export interface Seeker {
  /** Whether this machine tells of its processes at all. */
  readonly canSee: boolean;
  readonly ownHostname: string;
  readProcess(pid: number): Promise<LocalProcess | null>;
  processesInside(ownPid: number): Promise<readonly LocalProcess[]>;
}

/**
 * A worker's name may say anything, and the same process id may be another's on another machine or in a container: only
 * a process that looks like a Celery worker and is as old as the worker says is it.
 */
export const workerPlace = async (worker: WorkerTrace, seeker: Seeker): Promise<WorkerPlace> => {
  if (worker.mainPid === null) return 'unknown';
  if (!seeker.canSee) return hostOf(worker.hostname) === seeker.ownHostname ? 'here' : 'unknown';
  const here = await seeker.readProcess(worker.mainPid);
  if (here && here.ownPid === here.pid && isWorker(here, worker)) return 'here';
  const inside = await seeker.processesInside(worker.mainPid);
  return inside.some((each) => isWorker(each, worker)) ? 'container' : 'elsewhere';
};

/** Reading a large project may take long before the worker begins to count. */
const longestStartSeconds = 180;
const roundingSeconds = 3;

const isWorker = ({ command, ageSeconds }: LocalProcess, { uptimeSeconds, hostname }: WorkerTrace): boolean => {
  const looksRight = /celery/i.test(command) || command.includes(hostname);
  if (uptimeSeconds === null) return looksRight;
  const before = ageSeconds - uptimeSeconds;
  const fits = before > -roundingSeconds && before < longestStartSeconds;
  return fits && (looksRight || /python|manage\.py/i.test(command));
};

const hostOf = (hostname: string): string => hostname.slice(hostname.indexOf('@') + 1);
