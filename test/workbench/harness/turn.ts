import { takeOneOf } from '../../../scripts/setup/lock.ts';

/**
 * Test files that run side by side act in turn: while two use their windows, which is mostly waiting, the next starts up
 * and no more. Resolves when it is this process's turn, with what ends it.
 */
export const takeTurn = async (): Promise<() => void> => {
  const path = process.env.CELERIAC_TURN;
  return path ? await takeOneOf([`${path}.1`, `${path}.2`]) : () => undefined;
};
