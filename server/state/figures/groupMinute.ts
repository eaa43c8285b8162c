import type { QuantileSketch } from './quantileSketch.ts';

export type GroupKind = 'type' | 'queue' | 'worker';
/** The whole cluster is a group too, without a name. */
export type MinuteKind = GroupKind | 'all';

/** What one minute brought to one task type, queue or worker, or to all. */
export interface GroupMinute {
  readonly kind: MinuteKind;
  readonly name: string;
  /** In the order of `countMetrics`, without the events. */
  readonly counts: readonly number[];
  /** Sketches of the runtimes and waits (`QuantileSketch.pack`), null for none. */
  readonly runtimes: Uint8Array | null;
  readonly waits: Uint8Array | null;
}

export const packOrNull = (sketch: QuantileSketch): Uint8Array | null => (sketch.total === 0 ? null : sketch.pack());
