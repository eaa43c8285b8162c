import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { GroupResult, TaskResult } from '../api/results.ts';
import { orAborted } from './orAborted.ts';
import type { ResultStore } from './resultStore.ts';
import { type WaitOptions, waitForResult } from './waitForResult.ts';

/** Reads results by id. Opens its connection at the first call and keeps it until `close`. */
export interface ResultReader {
  /** The URL without its secrets, for people. */
  readonly maskedUrl: string;
  /** What the backend holds of the task now; `found: false` when it holds nothing. */
  get(taskId: string, signal?: AbortSignal): Promise<TaskResult>;
  /** Resolves as soon as the task has ended; rejects with `timeout` when it has not by then. */
  wait(taskId: string, options: WaitOptions): Promise<TaskResult>;
  /** A group that was saved with `GroupResult.save()`; `null` when there is none. */
  group(groupId: string, signal?: AbortSignal): Promise<GroupResult | null>;
  /** How far a chord's header is; `null` when no chord of that id is running. */
  chord(groupId: string, signal?: AbortSignal): Promise<GroupResult | null>;
  close(): Promise<void>;
}

export const readerOf = (store: ResultStore, maskedUrl: string): ResultReader => {
  const closing = new AbortController();
  const guard = <T>(
    id: string,
    signal: AbortSignal | undefined,
    ask: (until: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const until = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    return orAborted(
      checked(id, () => ask(until)),
      until,
    );
  };
  return {
    maskedUrl,
    get: (taskId, signal) => guard(taskId, signal, (until) => store.read(taskId, until)),
    wait: (taskId, options) =>
      guard(taskId, options.signal, (until) => waitForResult(store, taskId, { ...options, signal: until })),
    group: (groupId, signal) => guard(groupId, signal, (until) => store.group(groupId, until)),
    chord: (groupId, signal) => guard(groupId, signal, (until) => store.chord(groupId, until)),
    close: async () => {
      closing.abort();
      await store.close();
    },
  };
};

const checked = async <T>(id: string, ask: () => Promise<T>): Promise<T> => {
  if (id === '') throw new CeleriacError('badRequest', phrase('result.noId'));
  return ask();
};
