import type { ErrorData } from '../api/errors.ts';
import type { HistoryMethod } from './historyChannel.ts';
import type { Retention } from './retention.ts';

/** What the thread of the history is started with. */
export interface WorkerOptions {
  readonly path: string;
  readonly busyMs: number;
  readonly retention: Retention;
  readonly redactPatterns: readonly string[];
}

export type WorkerRequest =
  | {
      readonly kind: 'call';
      readonly number: number;
      readonly method: HistoryMethod;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'close' };

export type WorkerReply =
  | { readonly kind: 'answer'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly number: number; readonly error: ErrorData }
  | { readonly kind: 'notice'; readonly sentence: string }
  | { readonly kind: 'opened'; readonly path: string };
