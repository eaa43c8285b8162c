import { interrupted } from './interruption.ts';

/** Waits so long, or until the command is interrupted. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([over, interrupted(signal)]);
  clearTimeout(timer);
};
