import { setTimeout as delay } from 'node:timers/promises';

/** Waits that long, or until the signal; never fails. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await delay(ms, undefined, { signal }).catch(() => undefined);
};
