import { hostname as machineName } from 'node:os';
import { CeleriacError } from '../api/errors.ts';
import type { Worker } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import type { Redactor } from '../api/redactor.ts';
import type { DumpedThread, DumpTarget, ThreadDump } from '../api/threads.ts';
import type { HeldTask, WorkerDetail } from '../api/workerDetail.ts';
import { taskOfThread } from '../celery/taskOfThread.ts';
import { askForThreads } from './askForThreads.ts';
import { readProcess } from './localProcess.ts';
import { readFacts } from './processFacts.ts';
import { filesLike } from './waiting/logFiles.ts';
import { whyNotTheWorker } from './workerIdentity.ts';

export interface DumpSource {
  /** Patterns that the user's settings name. */
  readonly logFiles: readonly string[];
  readonly worker: Worker | undefined;
  readonly detail: () => Promise<WorkerDetail | undefined>;
}

/** Whether a worker is a process of this machine, where it would write its threads, and what it runs. */
export const findDumpTarget = async (
  hostname: string,
  { worker, detail, logFiles }: DumpSource,
): Promise<DumpTarget> => {
  const pid = worker?.pid ?? null;
  const [looked, held, named] = await Promise.all([
    look(hostname, pid),
    detail(),
    Promise.all(logFiles.map(filesLike)),
  ]);
  return {
    hostname,
    pid,
    ...looked,
    pool: held?.pool ?? null,
    children: held?.processes.rows?.map((each) => each.pid) ?? [],
    running: held?.active.rows ?? [],
    logFiles: named.flat(),
  };
};

/** Looked at anew before the signal is sent: a process may have ended, and its number gone to another one. */
export const dumpThreads = async (target: DumpTarget, redactor: Redactor): Promise<ThreadDump> => {
  const { hostname, pid, logFiles } = target;
  const { problem, output } = await look(hostname, pid);
  if (pid === null || problem !== null) throw new CeleriacError('notFound', problem ?? unknownProcess(hostname));
  const files = [...new Set([...(output.kind === 'file' ? [output.path] : []), ...logFiles])];
  const takenAt = Date.now();
  const found = await signalled(hostname, pid, files);
  const own = target.running.filter((task) => task.pid === null || task.pid === pid);
  const threads = (found?.threads ?? []).map((thread) => shown(thread, own, redactor));
  return { target, takenAt, source: found?.file ?? null, processes: found ? [{ pid, threads }] : [] };
};

const look = async (hostname: string, pid: number | null): Promise<Pick<DumpTarget, 'problem' | 'output'>> => {
  if (process.platform === 'win32') return { problem: 'Windows has no signal for this.', output: { kind: 'unknown' } };
  if (pid === null) return { problem: unknownProcess(hostname), output: { kind: 'unknown' } };
  const [found, facts] = await Promise.all([readProcess(pid), readFacts(pid)]);
  const stranger = whyNotTheWorker(found, { hostname, pid }, machineName());
  const deaf = facts.hearsUsr1
    ? null
    : `Process ${pid} of ${hostname} does not handle SIGUSR1: the signal would terminate it.`;
  return { problem: stranger ?? deaf, output: facts.stderr };
};

const unknownProcess = (hostname: string): string =>
  `The process of ${hostname} is not known yet: its first heartbeat reports it. Without events or heartbeats it stays unknown.`;

const signalled = async (hostname: string, pid: number, files: readonly string[]) => {
  try {
    return await askForThreads(pid, files);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) throw error;
    throw new CeleriacError('badRequest', phrase('debug.noSignals', { pid: String(pid), worker: hostname }));
  }
};

const shown = (thread: Omit<DumpedThread, 'task'>, running: readonly HeldTask[], redactor: Redactor): DumpedThread => ({
  ...thread,
  locals: redactor.text(thread.locals),
  task: taskOfThread(thread.frames, running),
});
