import { watchBeats } from './beatWatch.ts';
import type { HealthDesk } from './healthDesk.ts';
import type { Operations } from './operations.ts';
import { type QueueWatchParts, watchQueues } from './queueWatch.ts';

/** Commands after which workers run another number of tasks at once, so that they are inspected again. */
export const poolChanges: ReadonlySet<string> = new Set(['pool_grow', 'pool_shrink', 'pool_restart', 'autoscale']);

interface WatchParts extends QueueWatchParts {
  readonly operations: Operations;
  readonly health: HealthDesk;
}

/** What is asked again and again of a broker and its workers while a session lasts: health, beats and queues. */
export const startWatches = (parts: WatchParts, over: AbortSignal): void => {
  void parts.health.watch(parts.operations, parts.wanted, over);
  void watchBeats(parts, over);
  void watchQueues(parts, over);
};
