import type { GroupResult, TaskResult } from '../api/results.ts';

/** One kind of result backend. Opens what it needs at the first call; every failure is a `CeleriacError`. */
export interface ResultStore {
  /** What it is, for a sentence: `Redis`, `the folder /var/results`. */
  readonly name: string;
  /** Where changes are told, waiting still looks this often, for what was not told. */
  readonly recheckMs: number;
  read(taskId: string, signal: AbortSignal): Promise<TaskResult>;
  /** Resolves once every later change of the task's entry will ring. */
  watch(taskId: string, watcher: ResultWatcher, signal: AbortSignal): Promise<StopWatching>;
  group(groupId: string, signal: AbortSignal): Promise<GroupResult | null>;
  chord(groupId: string, signal: AbortSignal): Promise<GroupResult | null>;
  close(): Promise<void>;
}

export interface ResultWatcher {
  /** The entry may have changed. */
  onChange(): void;
  /** Nobody will ring any more: the connection is gone. */
  onLost(error: unknown): void;
}

export type StopWatching = () => void;
