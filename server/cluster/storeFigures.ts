import type { Counters, StoreMemory } from '../api/model.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { RawEvents } from '../state/rawEvents.ts';
import type { FailureDesk } from './failureDesk.ts';
import type { Intake } from './intake.ts';
import type { MemoryBudget } from './memoryBudget.ts';

interface Stores {
  readonly state: ClusterState;
  readonly rawEvents: RawEvents;
  readonly intake: Intake;
  readonly failures: FailureDesk;
  readonly replies: Omit<StoreMemory, 'limit'>;
}

/** What each store of a cluster holds, may hold, and has let go of. */
export const storeFigures = (
  { state, rawEvents, intake, failures, replies }: Stores,
  limits: MemoryBudget,
): Counters['stores'] => ({
  ...state.stores(),
  rawEvents: { bytes: rawEvents.bytesHeld, limit: limits.rawEvents, evicted: rawEvents.evicted },
  intake: { bytes: intake.bytes, limit: limits.intake, evicted: intake.evicted },
  failures: failures.memory,
  replies: { ...replies, limit: limits.replies },
});
