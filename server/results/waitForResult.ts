import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { CeleriacError } from '../api/errors.ts';
import type { TaskResult } from '../api/results.ts';
import { isReadyState, unknownState } from '../celery/resultStates.ts';
import { Bell } from './bell.ts';
import { orAborted } from './orAborted.ts';
import type { ResultStore } from './resultStore.ts';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called with every state on the way: STARTED, RETRY, a state of your own. */
  readonly onUpdate?: (result: TaskResult) => void;
}

interface Wait {
  readonly store: ResultStore;
  readonly taskId: string;
  readonly onUpdate: (result: TaskResult) => void;
  /** The last that was read, for the sentence of the timeout. */
  last: TaskResult | null;
  /** Why the backend could not be reached when it was tried last. */
  trouble: CeleriacError | null;
}

const firstPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Waits for a task to end. Listens first and reads then, so that no end falls between the two. A backend that goes away
 * meanwhile is listened to again when it is back; only one that was never there is an error at once.
 */
export const waitForResult = async (store: ResultStore, taskId: string, options: WaitOptions): Promise<TaskResult> => {
  const wait: Wait = { store, taskId, onUpdate: options.onUpdate ?? (() => undefined), last: null, trouble: null };
  const deadline = AbortSignal.timeout(Math.max(0, options.timeoutMs));
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    return await orAborted(listenUntilReady(wait, signal), signal);
  } catch (error) {
    if (deadline.aborted && !options.signal?.aborted) throw timedOut(wait, options.timeoutMs, error);
    throw error;
  }
};

const listenUntilReady = async (wait: Wait, signal: AbortSignal): Promise<TaskResult> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await listenOnce(wait, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof CeleriacError) || error.code !== 'brokerUnreachable' || wait.last === null) throw error;
      if (wait.trouble === null) attempt = 0;
      wait.trouble = error;
    }
    await delay(Math.min(firstPauseMs * 2 ** attempt, longestPauseMs), undefined, { signal });
  }
};

/** One life of a subscription. */
const listenOnce = async (wait: Wait, signal: AbortSignal): Promise<TaskResult> => {
  const { store, taskId } = wait;
  const bell = new Bell();
  const stop = await store.watch(taskId, { onChange: () => bell.ring(), onLost: (error) => bell.break(error) }, signal);
  try {
    for (;;) {
      const result = await store.read(taskId, signal);
      signal.throwIfAborted();
      const isNews = wait.last === null || !isSame(result, wait.last);
      wait.last = result;
      wait.trouble = null;
      if (isReadyState(result.status)) return result;
      if (result.status === unknownState) throw undecidable(wait, result);
      if (isNews) wait.onUpdate(result);
      await bell.heard(store.recheckMs, signal);
    }
  } finally {
    stop();
  }
};

const isSame = (one: TaskResult, other: TaskResult): boolean =>
  one.status === other.status && one.retries === other.retries && isDeepStrictEqual(one.result, other.result);

const undecidable = ({ store, taskId }: Wait, { result }: TaskResult): CeleriacError => {
  const why = result.kind === 'opaque' ? ` ${result.sentence}` : '';
  return new CeleriacError(
    'unsupported',
    `${capital(store.name)} does not show whether task ${taskId} has finished.${why}`,
  );
};

const timedOut = ({ store, taskId, last, trouble }: Wait, timeoutMs: number, cause: unknown): CeleriacError => {
  const seconds = `${timeoutMs / 1000} s`;
  return new CeleriacError('timeout', `${sentenceFor(taskId, store.name, seconds, last)}${because(trouble)}`, {
    cause,
  });
};

const because = (trouble: CeleriacError | null): string =>
  trouble === null ? '' : ` The backend has been unreachable since: ${trouble.message}`;

const sentenceFor = (taskId: string, backend: string, seconds: string, last: TaskResult | null): string => {
  if (last === null) return `${capital(backend)} did not answer within ${seconds}.`;
  if (!last.found) {
    return `After ${seconds}, ${backend} still has no result for task ${taskId}: the task has not finished, ignores its result, or the id is wrong.`;
  }
  const where = last.runningOn ? ` on ${last.runningOn.hostname}, process ${last.runningOn.pid}` : '';
  return `After ${seconds}, task ${taskId} is still ${last.status}${where}.`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
