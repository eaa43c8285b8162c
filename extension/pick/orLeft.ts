import { CeleriacError } from '../../server/api/errors.ts';

/** What was chosen. Who presses Escape leaves the whole command: nothing is shown, nothing is done. */
export const orLeft = <T>(chosen: T | undefined): T => {
  if (chosen === undefined) throw new CeleriacError('cancelled', 'It was left without a choice.');
  return chosen;
};
