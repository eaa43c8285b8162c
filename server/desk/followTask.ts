import { endStates } from '../api/history.ts';
import type { FollowTaskParams } from '../api/requests.ts';
import type { ResultValue, TaskResult } from '../api/results.ts';
import type { TaskProgress } from '../api/sendTask.ts';
import type { Task } from '../api/tasks.ts';
import { isReadyState } from '../celery/resultStates.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { readResult } from './readResult.ts';

const wordsLimit = 200;

/**
 * Resolves when events tell of a state that was not known, or, once the time is over, with what the result backend says:
 * a worker that sends no events is followed by its results.
 */
export const followTask = async (
  cluster: Cluster,
  { id, after, withinMs }: Pick<FollowTaskParams, 'id' | 'after' | 'withinMs'>,
): Promise<TaskProgress> => {
  const hasNews = (): boolean => (cluster.state.tasks.find(id)?.state ?? null) !== after;
  const isHeard = await cluster.until(hasNews, withinMs);
  const task = cluster.state.tasks.find(id);
  if (isHeard && task) return fromEvents(task);
  const found = await resultOf(cluster, id);
  if (found && isReadyState(found.status)) return fromResult(found);
  return task ? fromEvents(task) : nothingHeard;
};

const nothingHeard: TaskProgress = { state: null, hasEnded: false, worker: null, runtimeSeconds: null, words: null };

const fromEvents = ({ state, worker, runtimeSeconds, result, exception }: Task): TaskProgress => ({
  state,
  hasEnded: endStates.includes(state),
  worker,
  runtimeSeconds,
  words: cut(exception ?? result),
});

const fromResult = ({ status, worker, result }: TaskResult): TaskProgress => ({
  state: status,
  hasEnded: true,
  worker,
  runtimeSeconds: null,
  words: cut(wordsOf(result)),
});

const wordsOf = (result: ResultValue): string => {
  switch (result.kind) {
    case 'json':
      return result.exactText ?? JSON.stringify(result.value);
    case 'exception':
      return `${result.type}(${result.message.map(String).join(', ')})`;
    case 'opaque':
      return result.sentence;
    default:
      return result satisfies never;
  }
};

/** Whoever follows wants to know of the end; that a backend cannot be read is said by "Get Result". */
const resultOf = async (cluster: Cluster, id: string): Promise<TaskResult | null> => {
  if (cluster.connection.resultBackend === undefined) return null;
  return readResult(cluster, id).catch(() => null);
};

const cut = (text: string | null): string | null =>
  text !== null && text.length > wordsLimit ? `${text.slice(0, wordsLimit)}…` : text;
