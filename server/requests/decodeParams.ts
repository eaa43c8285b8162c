import * as v from 'valibot';
import { CeleriacError } from '../api/errors.ts';

/** What came from another process, once it has been found to be what it must be. */
export const decodeParams = <P>(name: string, schema: v.GenericSchema<unknown, P>, params: unknown): P => {
  const decoded = v.safeParse(schema, params);
  if (decoded.success) return decoded.output;
  const issue = decoded.issues[0];
  throw new CeleriacError(
    'badRequest',
    `The request "${name}" is not well formed: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`,
  );
};
