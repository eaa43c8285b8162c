import type { ResultOf, requests } from '../api/requests.ts';
import type { Area } from './area.ts';
import { decodeParams } from './decodeParams.ts';

/** Answers one request of an area, once its parameters have been found to be what they must be. */
export const handle = async <K extends keyof typeof requests>(
  { handlers, schemas }: Area<K>,
  name: K,
  params: unknown,
): Promise<ResultOf<(typeof requests)[K]>> => handlers[name](decodeParams(name, schemas[name], params));
