import type { Failure } from '../api/history.ts';
import type { LinkState } from '../api/model.ts';
import type { Redactor } from '../api/redactor.ts';
import type { BackendRecord, RawEvents, TaskDetail } from '../api/taskDetail.ts';
import type { Task } from '../api/tasks.ts';
import { attemptsOf } from '../detail/attempts.ts';
import { lifeLine } from '../detail/lifeLine.ts';
import { relationsOf } from '../detail/relations.ts';
import { shownRepr } from '../detail/shownValue.ts';
import { unknownsOf } from '../detail/unknowns.ts';
import type { History } from '../history/history.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { KeptEvent, RawEvents as RawEventStore } from '../state/rawEvents.ts';

export interface DetailSources {
  readonly state: ClusterState;
  readonly rawEvents: RawEventStore;
  readonly history: History | null;
  /** Covers what is taken apart here; everything else is covered on its way out. */
  readonly redactor: Redactor;
  readonly now: number;
  readonly link: LinkState;
  /** What the result backend holds, as far as it has said so by now. */
  readonly record: (id: string) => Promise<BackendRecord>;
}

const relativeLimit = 300;

/** Everything about one task that its page shows, from memory, the history and the result backend. */
export const taskDetail = async (id: string, sources: DetailSources): Promise<TaskDetail> => {
  const { state, rawEvents, history, redactor, link } = sources;
  // What was running when the connection was lost is not known to run longer.
  const now = link.kind === 'lost' ? link.since : sources.now;
  const record = sources.record(id);
  const held = state.tasks.find(id);
  const task = held ?? (await history?.task(id)) ?? null;
  const kept = rawEvents.find(id);
  const attempts = task
    ? attemptsOf(
        task,
        kept.map(({ event }) => event),
        await failuresOf(task, history),
      )
    : [];
  const driftOf = (worker: string): number | null => state.workers.get(worker)?.clockDriftSeconds ?? null;
  const detail = {
    id,
    at: sources.now,
    link,
    source: held ? ('memory' as const) : task ? ('history' as const) : ('none' as const),
    task,
    args: shownRepr(task?.args ?? null, redactor),
    kwargs: shownRepr(task?.kwargs ?? null, redactor),
    result: shownRepr(task?.result ?? null, redactor),
    lifeLine: task ? lifeLine(task, now, driftOf) : { moments: [], gaps: [] },
    attempts,
    relations: relationsOf(state.tasks.relatives(id, relativeLimit)),
    events: shownEvents(kept, rawEvents.keptSince, redactor),
    record: await record,
  };
  return { ...detail, unknowns: unknownsOf(detail) };
};

/** The attempts that were tried again; only those of tasks that were are asked for. */
const failuresOf = async (task: Task, history: History | null): Promise<readonly Failure[]> => {
  if (!history || (task.retriedAt === null && (task.retries ?? 0) === 0)) return [];
  const query = { taskIds: [task.id], from: task.firstSeenAt - 60_000, withRetries: true, limit: 100 };
  return (await history.failures(query)).failures;
};

const shownEvents = (kept: readonly KeptEvent[], keptSince: number | null, redactor: Redactor): RawEvents => ({
  keptSince,
  events: kept.map(({ receivedAt, event }) => ({
    type: event.type,
    at: Number.isFinite(event.timestamp) ? event.timestamp * 1000 : null,
    receivedAt,
    by: event.hostname,
    clock: typeof event['clock'] === 'number' ? event['clock'] : null,
    json: JSON.stringify(redactor.value(event), null, 2),
  })),
});
