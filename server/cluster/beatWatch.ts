import { toErrorData } from '../api/errors.ts';
import { pause } from '../waits/pause.ts';
import { Complaint } from './complaint.ts';
import type { Operations } from './operations.ts';

interface BeatWatchParts {
  readonly operations: Pick<Operations, 'lookForBeats'>;
  /** Whether anybody listens at all. */
  readonly wanted: () => boolean;
  readonly changed: () => void;
  readonly log: (sentence: string) => void;
}

/** Workers that have just been greeted answer first. */
const firstAfterMs = 500;
const everyMs = 15_000;

/** Asks the beats again and again whether they are alive: they send no heartbeats. */
export const watchBeats = async (parts: BeatWatchParts, signal: AbortSignal): Promise<void> => {
  const { operations, wanted, changed, log } = parts;
  const complaint = new Complaint(log);
  await pause(firstAfterMs, signal);
  while (!signal.aborted) {
    try {
      if (wanted()) await operations.lookForBeats(signal);
      complaint.over();
      changed();
    } catch (error) {
      const { sentence } = toErrorData(error);
      if (!signal.aborted) complaint.tell(`Beat processes could not be pinged. ${sentence}`);
    }
    await pause(everyMs, signal);
  }
};
