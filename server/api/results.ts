/** What a result backend holds about one task (celery/backends/base.py: _get_result_meta). */
export interface TaskResult {
  readonly id: string;
  /**
   * PENDING also when the backend knows nothing of the task: Celery itself cannot tell the difference. UNKNOWN when there
   * is an entry whose state cannot be read; `result` then says why.
   */
  readonly status: string;
  readonly found: boolean;
  /** The value as JSON, an exception, or why it cannot be shown. */
  readonly result: ResultValue;
  readonly traceback: string | null;
  /** ISO 8601, as the backend wrote it. */
  readonly dateDone: string | null;
  readonly groupId: string | null;
  readonly parentId: string | null;
  readonly children: unknown;
  /** Only with `result_extended`. */
  readonly name: string | null;
  readonly args: unknown;
  readonly kwargs: unknown;
  readonly worker: string | null;
  readonly retries: number | null;
  readonly queue: string | null;
  /** Who runs it; while it is STARTED, and only with `task_track_started`. */
  readonly runningOn: { readonly hostname: string; readonly pid: number } | null;
  /** What else the backend holds and could not be read, one sentence each. */
  readonly notes: readonly string[];
}

export type ResultValue =
  | {
      readonly kind: 'json';
      /** kombu's own types stay as they are stored: `{"__type__": "datetime", "__value__": …}`. */
      readonly value: unknown;
      /** The value as it is stored, where `value` is not exact: whole numbers beyond 2^53, NaN, Infinity. */
      readonly exactText: string | null;
    }
  | {
      readonly kind: 'exception';
      readonly type: string;
      readonly message: readonly unknown[];
      readonly module: string | null;
    }
  /** Pickled, compressed in an unknown way, encrypted …: never decoded, and the sentence says which. */
  | { readonly kind: 'opaque'; readonly sentence: string };

/** A group that was saved, or a chord whose header is still running. */
export interface GroupResult {
  readonly id: string;
  /** Those the backend names; for a chord on Redis the ones that have ended. Groups within the group count as their tasks. */
  readonly taskIds: readonly string[];
  readonly finished: number | null;
  readonly total: number | null;
  /** How many of `taskIds` are in which state. PENDING also where the backend knows nothing of the task. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Why something of it cannot be told, `null` when all is told. */
  readonly sentence: string | null;
}
