import type { ControlCommand, ControlOutcome } from '../api/control.ts';
import type { DebugListener, DebugTarget, RunningTarget, WorkerPlace } from '../api/debugging.ts';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { Task, TaskSummary } from '../api/tasks.ts';
import type { HeldTask } from '../api/workerDetail.ts';
import { readHeldTasks, readPool } from '../celery/heldTasks.ts';
import { limitItems, readLimits, readStats, type WorkerSurvey } from '../health/workerSurvey.ts';
import type { WorkerTrace } from './workerPlace.ts';

export interface TargetSource {
  ask(command: ControlCommand): Promise<ControlOutcome>;
  task(id: string): Task | null;
  running(hostname: string): readonly TaskSummary[];
  /** What the worker said of itself before; a busy solo pool says nothing now. */
  survey(hostname: string): WorkerSurvey | null;
  pid(hostname: string): number | null;
  place(worker: WorkerTrace): Promise<WorkerPlace>;
  listeners(pids: readonly number[]): Promise<readonly DebugListener[]>;
  /** After which the broker hands a message out again; null: it does not. */
  readonly visibilityTimeoutSeconds: number | null;
}

const timeoutMs = 1_500;
const methods = ['active', 'reserved', 'stats', 'registered'] as const;

/** Who runs what, where, and for how long yet. */
export const debugTarget = async (
  source: TargetSource,
  asked: { readonly hostname: string | null; readonly taskId: string | null },
): Promise<DebugTarget> => {
  const hostname = asked.hostname ?? workerOf(source, asked.taskId);
  const said = await askWorker(source, hostname);
  const survey = source.survey(hostname);
  const stats = readStats(said.stats, null) ?? survey?.stats ?? null;
  const { pool, pids } = readPool(said.stats);
  const mainPid = stats?.pid ?? source.pid(hostname);
  const limits = said.registered === null ? (survey?.limits ?? new Map()) : readLimits(said.registered);
  const held = said.active === null ? source.running(hostname).map(fromEvents) : readHeldTasks(said.active);
  const running = held.map((task): RunningTarget => {
    const own = limits.get(task.name ?? '');
    return {
      id: task.id,
      name: task.name,
      pid: task.pid,
      receivedAt: source.task(task.id)?.receivedAt ?? null,
      startedAt: task.startedAt,
      hardLimitSeconds: own?.timeLimitSeconds ?? stats?.timeLimitSeconds ?? null,
      softLimitSeconds: own?.softTimeLimitSeconds ?? stats?.softTimeLimitSeconds ?? null,
      acksLate: own?.acksLate ?? survey?.settings?.acksLate ?? null,
    };
  });
  // Its children are there, and nobody tells which they are.
  const isSilentPrefork = said.stats === null && survey?.stats?.pool === 'prefork';
  const isAlone = pids === null || pids.every((pid) => pid === mainPid);
  const uptimeSeconds = said.stats === null ? null : (stats?.uptimeSeconds ?? null);
  const place = await source.place({ hostname, mainPid, uptimeSeconds });
  const all = [...(mainPid === null ? [] : [mainPid]), ...(isAlone ? [] : pids)];
  return {
    hostname,
    place,
    mainPid,
    pool: pool ?? survey?.stats?.pool ?? null,
    childPids: isAlone ? (isSilentPrefork ? [] : null) : pids,
    task: running.find(({ id }) => id === asked.taskId) ?? null,
    running,
    reserved: said.reserved === null ? null : readHeldTasks(said.reserved).length,
    visibilityTimeoutSeconds: source.visibilityTimeoutSeconds,
    listeners: place === 'here' ? await source.listeners(all) : [],
    problem: said.problem,
  };
};

const workerOf = (source: TargetSource, taskId: string | null): string => {
  const task = taskId === null ? null : source.task(taskId);
  if (task?.worker) return task.worker;
  throw new CeleriacError('notFound', phrase('debug.noWorker'));
};

interface Said extends Readonly<Record<(typeof methods)[number], unknown>> {
  readonly problem: string | null;
}

/** What each question was answered with; null: it was not. */
const askWorker = async (source: TargetSource, hostname: string): Promise<Said> => {
  const replies = await Promise.all(
    methods.map(async (method) => {
      const given = method === 'registered' ? { taskinfoitems: limitItems } : {};
      const { replies: all } = await source.ask({ method, arguments: given, destination: [hostname], timeoutMs });
      return all.find((reply) => reply.hostname === hostname);
    }),
  );
  const [active, reserved, stats, registered] = replies.map((reply) =>
    reply?.kind === 'answered' ? reply.value : null,
  );
  const missing = replies.find((reply) => reply?.kind !== 'answered');
  const isTold = replies.every((reply) => reply?.kind === 'answered');
  const problem = isTold ? null : (missing?.sentence ?? 'It did not answer.');
  return { active, reserved, stats, registered, problem };
};

const fromEvents = (task: TaskSummary): Pick<HeldTask, 'id' | 'name' | 'pid' | 'startedAt'> => ({
  id: task.id,
  name: task.name,
  pid: null,
  startedAt: task.startedAt,
});
