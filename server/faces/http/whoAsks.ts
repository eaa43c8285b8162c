import type { Asker } from './door.ts';

const longestName = 100;

/** Who is named in the audit: the person a proxy vouches for, else the token, and where the request came from. */
export const whoAsks = ({ person, address, hasToken }: Pick<Asker, 'person' | 'address' | 'hasToken'>): string => {
  const name = person === null ? (hasToken ? 'bearer of the token' : 'HTTP client') : person.slice(0, longestName);
  return `${name} from ${address}`;
};
