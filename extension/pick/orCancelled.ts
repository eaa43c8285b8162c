import { CeleriacError } from '../../server/api/errors.ts';

/** What was chosen. Escape cancels the whole command: nothing is shown, nothing is done. */
export const orCancelled = <T>(chosen: T | undefined): T => {
  if (chosen === undefined) throw new CeleriacError('cancelled', 'It was cancelled.');
  return chosen;
};
