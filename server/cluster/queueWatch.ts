import { toErrorData } from '../api/errors.ts';
import { pause } from '../waits/pause.ts';
import { Complaint } from './complaint.ts';
import type { Operations } from './operations.ts';

export interface QueueWatchParts {
  readonly operations: Pick<Operations, 'lookAtQueues'>;
  readonly intervalMs: number;
  /** Whether the figures go anywhere at all. */
  readonly wanted: () => boolean;
  /** Whether somebody looks at them; otherwise they are read only as often as the health rules need. */
  readonly isLookedAt: () => boolean;
  readonly now: () => number;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
}

/** Alerts about queues are raised after a minute or later, so half a minute is soon enough for the health rules. */
export const unseenEveryMs = 30_000;

/**
 * Reads the queues again and again, one reading at a time: at the normal rate while somebody looks, slowly while only the
 * health rules do. A failure is told once, not each time.
 */
export const watchQueues = async (parts: QueueWatchParts, signal: AbortSignal): Promise<void> => {
  const { operations, intervalMs, wanted, isLookedAt, now, changed, log } = parts;
  const complaint = new Complaint(log);
  let readAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    if (wanted() && (isLookedAt() || now() - readAt >= unseenEveryMs)) {
      readAt = now();
      try {
        await operations.lookAtQueues();
        complaint.over();
        changed();
      } catch (error) {
        const { sentence } = toErrorData(error);
        if (!signal.aborted) complaint.tell(`The queues could not be read. ${sentence}`);
      }
    }
    await pause(intervalMs, signal);
  }
};
