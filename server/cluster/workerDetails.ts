import type { ControlCommand, ControlOutcome, WorkerReply } from '../api/control.ts';
import type { TaskQuery, TaskSummary } from '../api/tasks.ts';
import { type HeldTask, type Holding, holdingLimit, type PoolProcess, type WorkerDetail } from '../api/workerDetail.ts';
import { readHeldTasks, readPool, readQueueNames, readScheduledTasks } from '../celery/heldTasks.ts';

export interface DetailSource {
  ask(command: ControlCommand): Promise<ControlOutcome>;
  /** The tasks that events tell of. */
  tasks(query: TaskQuery): readonly TaskSummary[];
}

const methods = ['active', 'reserved', 'scheduled', 'active_queues', 'stats'] as const;
type Method = (typeof methods)[number];
type Replies = Readonly<Record<Method, WorkerReply | undefined>>;

const answerWithinMs = 1_500;

/** Asks these workers, all of them at once, what they hold. */
export const readWorkerDetails = async (
  source: DetailSource,
  hostnames: readonly string[],
): Promise<readonly WorkerDetail[]> => {
  if (hostnames.length === 0) return [];
  const outcomes = await Promise.all(
    methods.map((method) => source.ask({ method, arguments: {}, destination: hostnames, timeoutMs: answerWithinMs })),
  );
  return hostnames.map((hostname) => {
    const replyTo = (method: Method) =>
      outcomes[methods.indexOf(method)]?.replies.find((reply) => reply.hostname === hostname);
    const replies = Object.fromEntries(methods.map((method) => [method, replyTo(method)])) as Replies;
    return detailOf(source, hostname, replies);
  });
};

const detailOf = (source: DetailSource, hostname: string, replies: Replies): WorkerDetail => {
  const heard = (state: string): HeldTask[] =>
    source.tasks({ states: [state], workers: [hostname], limit: holdingLimit }).map(fromEvents);
  const { active: activeReply, reserved, scheduled, active_queues: queues, stats } = replies;
  const active = holding(activeReply, readHeldTasks, () => heard('STARTED'));
  const pool = readPool(stats?.kind === 'answered' ? stats.value : null);
  return {
    hostname,
    active,
    reserved: holding(reserved, readHeldTasks, () => heard('RECEIVED').filter(({ eta }) => eta === null)),
    scheduled: holding(scheduled, readScheduledTasks, () => heard('RECEIVED').filter(({ eta }) => eta !== null)),
    queues: holding(queues, readQueueNames, () => null),
    processes: holding(
      stats,
      (value) => processesOf(readPool(value).pids, active.rows),
      () => null,
    ),
    pool: pool.pool,
    poolSize: pool.size,
  };
};

/** What a worker answered, or what is known without it, with the reason why it did not. */
const holding = <T>(
  reply: WorkerReply | undefined,
  read: (value: unknown) => readonly T[] | null,
  otherwise: () => readonly T[] | null,
): Holding<T> => {
  const rows = reply?.kind === 'answered' ? read(reply.value) : otherwise();
  const problem = reply?.kind === 'answered' ? null : (reply?.sentence ?? 'It did not answer.');
  return { rows: rows?.slice(0, holdingLimit) ?? null, total: rows?.length ?? null, problem };
};

const processesOf = (
  pids: readonly number[] | null,
  active: readonly HeldTask[] | null,
): readonly PoolProcess[] | null =>
  pids?.map((pid) => ({ pid, task: active?.find((task) => task.pid === pid) ?? null })) ?? null;

const fromEvents = (task: TaskSummary): HeldTask => ({
  id: task.id,
  name: task.name,
  queue: task.queue,
  startedAt: task.startedAt,
  eta: task.eta,
  priority: null,
  pid: null,
  args: [task.args, task.kwargs].filter((text) => text && !['()', '[]', '{}'].includes(text)).join(' '),
});
