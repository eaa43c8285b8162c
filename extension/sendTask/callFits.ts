import type { CallFit } from '../../server/api/codePages.ts';
import { CeleriacError } from '../../server/api/errors.ts';
import { requests } from '../../server/api/requests.ts';
import type { Parts } from '../parts.ts';
import type { Sides } from './callFields.ts';

const withinMs = 5_000;

type CodeParts = Pick<Parts, 'code' | 'log'>;

/** How the code of the workspace has a task called, and whether a call fits; null: it does not say. */
export const fitsBy =
  ({ code, log }: CodeParts) =>
  async (taskName: string, sides: Sides): Promise<CallFit | null> => {
    try {
      return await code.ask(requests.codeCallFit, { taskName, ...sides }, withinMs);
    } catch (error) {
      // The form is then one without fields.
      if (!(error instanceof CeleriacError)) throw error;
      log.info(`The signature of ${taskName} could not be read: ${error.message}`);
      return null;
    }
  };
