import type { Parameter, RouteRequest } from '../route.ts';

export const usualLimit = 1_000;

/** What every route takes that answers with a list as long as the cluster is wide. The answer says how long, as `total`. */
export const listParameters: readonly Parameter[] = [
  { name: 'limit', in: 'query', kind: 'integer', what: `page size (default ${usualLimit})`, least: 1, most: 5_000 },
  { name: 'offset', in: 'query', kind: 'integer', what: 'number of entries to skip', least: 0 },
];

/** The part of a list that was asked for. */
export const partOf = <T>(items: readonly T[], { integer }: RouteRequest): readonly T[] => {
  const offset = integer('offset') ?? 0;
  return items.slice(offset, offset + (integer('limit') ?? usualLimit));
};
