import * as v from 'valibot';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** What came from another process, once it has been found to be what it must be. */
export const decodeParams = <P>(name: string, schema: v.GenericSchema<unknown, P>, params: unknown): P => {
  const decoded = v.safeParse(schema, params);
  if (decoded.success) return decoded.output;
  const issue = decoded.issues[0];
  throw new CeleriacError(
    'badRequest',
    phrase('backend.badRequest', { name, place: v.getDotPath(issue) ?? 'parameters', reason: issue.message }),
  );
};
