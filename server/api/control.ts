import type { Phrase } from './phrase.ts';

/** One remote-control command for workers (celery/worker/control.py). */
export interface ControlCommand {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Only these workers; left out or null: every one. */
  readonly destination?: readonly string[] | null;
  /** Only workers whose name fits; `matcher` says how the pattern reads. */
  readonly pattern?: string | null;
  readonly matcher?: 'glob' | 'pcre' | null;
  /** How long to wait for workers that do not answer. */
  readonly timeoutMs?: number;
}

/**
 * Why a worker did not answer. `noSuchWorker`: nobody of that name was ever heard of. `lost`, `offline`: its heartbeats
 * say so. `busySolo`: it runs a task in its only process, which hears nothing meanwhile. `jsonNotAccepted`: it lives and
 * hears, but takes no JSON. `unreadable`: something came back that cannot be read. `stalled`: it is there, by its
 * heartbeats, its earlier answers or its mailbox, and does not answer now. `isBeat`: it is a beat, which answers only pings.
 */
export type SilenceReason =
  | 'noSuchWorker'
  | 'lost'
  | 'offline'
  | 'busySolo'
  | 'jsonNotAccepted'
  | 'unreadable'
  | 'stalled'
  | 'isBeat';

/** What became of a command at one worker. */
export type WorkerReply =
  | { readonly kind: 'answered'; readonly hostname: string; readonly value: unknown }
  /** The worker's own words, such as "Pool restarts not enabled"; `value` is its whole answer. */
  | { readonly kind: 'refused'; readonly hostname: string; readonly sentence: string; readonly value: unknown }
  | {
      readonly kind: 'silent';
      readonly hostname: string;
      readonly reason: SilenceReason;
      readonly sentence: string;
      readonly phrase?: Phrase;
    };

export interface ControlOutcome {
  readonly replies: readonly WorkerReply[];
  /** How many workers were expected to answer, where that was known. */
  readonly expected: number | null;
  readonly tookMs: number;
}

/** How the text of an argument becomes its value, and what of it can be right. */
export type ArgumentKind = 'text' | 'integer' | 'number' | 'boolean' | 'signal' | 'rate' | 'texts' | 'stamps';

export interface ControlArgument {
  /** As the worker takes it. */
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly help: string;
  readonly isRequired?: true;
  /** The smallest number that makes sense. */
  readonly least?: number;
}

/** The limits that workers apply to one task. Null: there is none, or no worker reported it. */
export interface TaskLimits {
  /** As Celery writes it: `10/m`. */
  readonly rateLimit: string | null;
  readonly softSeconds: number | null;
  readonly hardSeconds: number | null;
}

/** One thing that workers can be told, with all that a form for it needs. */
export interface ControlCommandForm {
  readonly method: string;
  readonly help: string;
  readonly writes: boolean;
  /** In the order in which they are asked for. */
  readonly arguments: readonly ControlArgument[];
}
