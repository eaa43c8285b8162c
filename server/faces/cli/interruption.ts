import { exitCode } from './exitCodes.ts';

/** Why a command is to end before its time: the reason of its abort signal. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'readerGone';

/** Thrown where an interruption leaves nothing to show. */
export class Interrupted extends Error {}

/** Resolves when the command is interrupted; never, when it is not. */
export const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What an interruption means to the shell for a command whose answer is then incomplete. */
export const interruptionCode = (signal: AbortSignal): number => {
  if (!signal.aborted) return exitCode.ok;
  const reason = signal.reason as Interruption;
  if (reason === 'readerGone') return exitCode.ok;
  return reason === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted;
};
