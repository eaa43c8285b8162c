/** What a result backend holds about one task (celery/backends/base.py: _get_result_meta). */
export interface TaskResult {
  readonly id: string;
  /** PENDING also when the backend knows nothing of the task: Celery itself cannot tell the difference. */
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
}

export type ResultValue =
  | { readonly kind: 'json'; readonly value: unknown }
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
  readonly taskIds: readonly string[];
  readonly finished: number | null;
  readonly total: number | null;
}
