import { toErrorData } from '../api/errors.ts';
import { pause } from '../waits/pause.ts';
import { Complaint } from './complaint.ts';
import type { Operations } from './operations.ts';

interface QueueWatchParts {
  readonly operations: Operations;
  readonly intervalMs: number;
  readonly wanted: () => boolean;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
}

/** Reads the queues again and again while somebody looks, one reading at a time; a failure is told once, not each time. */
export const watchQueues = async (parts: QueueWatchParts, signal: AbortSignal): Promise<void> => {
  const complaint = new Complaint(parts.log);
  while (!signal.aborted) {
    if (parts.wanted()) {
      try {
        await parts.operations.lookAtQueues();
        complaint.over();
        parts.changed();
      } catch (error) {
        const { sentence } = toErrorData(error);
        if (!signal.aborted) complaint.tell(`The queues could not be read. ${sentence}`);
      }
    }
    await pause(parts.intervalMs, signal);
  }
};
