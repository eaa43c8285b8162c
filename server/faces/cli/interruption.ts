import { unlessAborted } from '../../waits/unlessAborted.ts';
import { exitCode } from './exitCodes.ts';

/** Why a command is to end before its time: the reason of its abort signal. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'readerGone' | 'outputFailed';

/** Thrown where an interruption leaves nothing to show. */
export class Interrupted extends Error {}

/** Resolves when the command is interrupted; never, when it is not. */
export const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Waits for the work, or until the signal, whichever is first. */
export const orInterrupted = async (work: Promise<unknown>, signal: AbortSignal): Promise<void> => {
  await unlessAborted(work, signal, () => undefined);
};

/** What the work gives; throws `Interrupted` when the command is interrupted first. */
export const orInterruptedError = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  unlessAborted(work, signal, () => {
    throw new Interrupted();
  });

/** What an interruption means to the shell for a command whose answer is then incomplete. */
export const interruptionCode = (signal: AbortSignal): number => {
  if (!signal.aborted) return exitCode.ok;
  return codes[signal.reason as Interruption];
};

const codes: Readonly<Record<Interruption, number>> = {
  SIGINT: exitCode.interrupted,
  SIGTERM: exitCode.terminated,
  readerGone: exitCode.ok,
  outputFailed: exitCode.failed,
};
