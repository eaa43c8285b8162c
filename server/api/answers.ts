/** Something that is asked and answered as a page for people. */
export type AnswerQuestion =
  | {
      readonly kind: 'inspect';
      readonly clusterId: string;
      readonly method: string;
      /** As typed on a command line. */
      readonly words: readonly string[];
      /** Null: every worker. */
      readonly destination: readonly string[] | null;
      /** How long workers have; a method that takes its time has at least its own. Left out: 2 s. */
      readonly timeoutMs?: number;
    }
  /** `limit` 0: only the figures of the queue. */
  | { readonly kind: 'peek'; readonly clusterId: string; readonly queue: string; readonly limit: number }
  | { readonly kind: 'worker'; readonly clusterId: string; readonly hostname: string }
  | { readonly kind: 'result'; readonly clusterId: string; readonly id: string }
  | { readonly kind: 'audit'; readonly clusterId: string }
  | { readonly kind: 'alerts'; readonly clusterId: string };

/** The answer as people read it, and as programs do. */
export interface AnswerPage {
  readonly text: string;
  /** All of it as JSON; null: there is nothing. */
  readonly json: string | null;
  /** What each worker answered, as JSON whose names are in order, so that it can be compared. */
  readonly byWorker: Readonly<Record<string, string>>;
}
