import { takeLock } from '../../../scripts/setup/lock.ts';

/**
 * Test files that run side by side act in turn: while one uses its windows, the next starts up and no more. Resolves when
 * it is this process's turn, with what ends it.
 */
export const takeTurn = async (): Promise<() => void> => {
  const path = process.env.CELERIAC_TURN;
  return path ? await takeLock(path) : () => undefined;
};
