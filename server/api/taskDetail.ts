import type { LinkState } from './model.ts';
import type { TaskResult } from './results.ts';
import type { Task, TaskState } from './tasks.ts';

/** Everything the page of one task shows. Texts in it are redacted; times are milliseconds since 1970. */
export interface TaskDetail {
  readonly id: string;
  /** When this was put together, by the engine's clock. */
  readonly at: number;
  /** Whether the broker is heard: while it is not, nothing here can change. */
  readonly link: LinkState;
  /** `memory`: still held; `history`: only on disk any more; `none`: no event of it is known. */
  readonly source: 'memory' | 'history' | 'none';
  /** Without args, kwargs, result and exception cut short; null: no event of it is known. */
  readonly task: Task | null;
  readonly args: ShownValue | null;
  readonly kwargs: ShownValue | null;
  readonly result: ShownValue | null;
  readonly lifeLine: LifeLine;
  readonly attempts: readonly Attempt[];
  readonly relations: Relations;
  readonly events: RawEvents;
  readonly record: BackendRecord;
  readonly unknowns: readonly Unknown[];
}

/** A Python repr or a JSON value: as text, and as a tree where it could be read. */
export interface ShownValue {
  readonly text: string;
  readonly tree: ValueNode | null;
  /** The producer (or we) cut it off: it is not the whole value. */
  readonly isCut: boolean;
}

export type ValueNode =
  | { readonly kind: 'text' | 'number' | 'constant' | 'other' | 'cut'; readonly text: string }
  | {
      readonly kind: 'list' | 'tuple' | 'set' | 'dict' | 'call';
      /** What stands before the bracket of a call: `Decimal`, `datetime.date`; else empty. */
      readonly name: string;
      readonly items: readonly ValueItem[];
    };

export interface ValueItem {
  /** The repr of the key, or the name of the argument; null in a sequence. */
  readonly key: string | null;
  readonly value: ValueNode;
}

export type MomentKind =
  /** When the engine first heard of it; only where its first sending is not known any more. */
  | 'first'
  | 'sent'
  | 'received'
  | 'eta'
  | 'started'
  | 'retried'
  | 'succeeded'
  | 'failed'
  | 'revoked'
  | 'rejected'
  | 'now';

/** Something that happened to a task, by the clock of the machine on which it happened. */
export interface Moment {
  readonly kind: MomentKind;
  readonly at: number;
  /** The sender or the worker; null for moments that no machine told. */
  readonly by: string | null;
}

/**
 * `broker`: from sent to received. `eta`: a worker holds it until its time. `prefetch`: a worker holds it, and all its
 * slots are busy. `run`. `earlier`: attempts before the one that is shown. `retry`: until it was received again.
 */
export type GapKind = 'broker' | 'eta' | 'prefetch' | 'run' | 'earlier' | 'retry' | 'unheard';

export interface LifeGap {
  readonly kind: GapKind;
  readonly from: MomentKind;
  readonly to: MomentKind;
  /** Negative where two machines' clocks disagree. */
  readonly ms: number;
  /** Whether it still grows. */
  readonly isOpen: boolean;
  readonly doubt: ClockDoubt | null;
}

/** `reversed`: the later moment has the earlier time. `drift`: the clocks are known to differ by about as much. */
export interface ClockDoubt {
  readonly kind: 'reversed' | 'drift';
  readonly driftMs: number | null;
}

export interface LifeLine {
  readonly moments: readonly Moment[];
  readonly gaps: readonly LifeGap[];
}

/** One run of a task that was tried more than once. */
export interface Attempt {
  /** The first is 1. */
  readonly number: number;
  readonly state: TaskState;
  readonly worker: string | null;
  readonly receivedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly exception: string | null;
  readonly traceback: string | null;
}

/** A task in the graph of those that belong together. */
export interface RelatedTask {
  readonly id: string;
  readonly name: string | null;
  readonly state: TaskState;
  readonly worker: string | null;
  readonly firstSeenAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly runtimeSeconds: number | null;
}

/**
 * `started`: the one sent the other while it ran, or as the next of a chain. `chord`: the other began when all of these
 * had ended; concluded from the order of things, for no event says so.
 */
export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly kind: 'started' | 'chord';
}

export interface Relations {
  readonly rootId: string | null;
  readonly tasks: readonly RelatedTask[];
  readonly links: readonly Relation[];
  /** Members that are known and not listed, because there are too many. */
  readonly omitted: number;
  /** Ids that members name and nothing else is known of: forgotten, or never heard of. */
  readonly missing: readonly string[];
}

export interface RawEvents {
  readonly events: readonly RawEvent[];
  /** From when on raw events are still kept; null: none was dropped yet. */
  readonly keptSince: number | null;
}

interface RawEvent {
  readonly type: string;
  readonly at: number | null;
  readonly receivedAt: number;
  readonly by: string;
  readonly clock: number | null;
  /** The event as JSON, redacted. */
  readonly json: string;
}

export type BackendRecord =
  /** The connection names no result backend. */
  | { readonly kind: 'unknown' }
  /** It has not answered yet; ask again. */
  | { readonly kind: 'reading' }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'absent'; readonly where: string }
  | {
      readonly kind: 'found';
      readonly where: string;
      readonly record: Omit<TaskResult, 'result' | 'args' | 'kwargs' | 'children'>;
      readonly result: ShownValue;
      readonly args: ShownValue | null;
      readonly kwargs: ShownValue | null;
    };

/** What is not known of a task; the page says why, and how it can be made known. */
export type Unknown =
  | 'everything'
  | 'sent'
  | 'received'
  | 'started'
  | 'name'
  | 'argsCut'
  | 'resultCut'
  | 'traceback'
  | 'attempts'
  | 'events'
  | 'backend'
  | 'resultExtended'
  | 'group';
