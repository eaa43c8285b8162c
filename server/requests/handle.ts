import * as v from 'valibot';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { ResultOf, requests } from '../api/requests.ts';
import type { Area } from './area.ts';

/** Answers one request of an area, once its parameters have been found to be what they must be. */
export const handle = async <K extends keyof typeof requests>(
  { handlers, schemas }: Area<K>,
  name: K,
  params: unknown,
): Promise<ResultOf<(typeof requests)[K]>> => handlers[name](decodeParams(name, schemas[name], params));

/** What came from another process, once it has been found to be what it must be. */
const decodeParams = <P>(name: string, schema: v.GenericSchema<unknown, P>, params: unknown): P => {
  const decoded = v.safeParse(schema, params);
  if (decoded.success) return decoded.output;
  const issue = decoded.issues[0];
  throw new CeleriacError(
    'badRequest',
    phrase('backend.badRequest', { name, place: v.getDotPath(issue) ?? 'parameters', reason: issue.message }),
  );
};
