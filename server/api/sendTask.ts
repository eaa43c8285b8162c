import type { TaskState } from './tasks.ts';

/** A task that can be sent. */
export interface KnownTask {
  readonly name: string;
  /** The workers that said they know it; none: it was only seen in events. */
  readonly workers: readonly string[];
}

/** A task to be sent, as a person wrote it. */
export interface SendOrder {
  readonly name: string;
  /** JSON texts, so that numbers arrive as they were typed: 1.0 is not 1 in Python. */
  readonly argsJson: string;
  readonly kwargsJson: string;
  readonly queue: string;
  readonly priority?: number;
  /** Not before so many seconds from now; or `eta`, ISO 8601 with its offset. */
  readonly countdownSeconds?: number;
  readonly eta?: string;
  /** Not later than so many seconds from now. */
  readonly expiresSeconds?: number;
}

/** How far a task is that somebody follows. */
export interface TaskProgress {
  /** Null: nothing was heard of it. */
  readonly state: TaskState | null;
  readonly hasEnded: boolean;
  readonly worker: string | null;
  readonly runtimeSeconds: number | null;
  /** Its result, or its exception; cut. */
  readonly words: string | null;
}
