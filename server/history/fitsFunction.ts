import { namePatterns } from '../api/namePatterns.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

const name = 'celeriac_fits';

/** Whether a text is like a pattern with `*`; SQLite's own LIKE takes a time that grows with each `%`. */
export const fits = (what: string): string => `${name}(?, ${what})`;

const patternsKept = 100;

/** Has statements on this connection know `fits`. */
export const addFits = (database: ReadOnlyDatabase): void => {
  const known = new Map<string, (text: string) => boolean>();
  const testOf = (pattern: string): ((text: string) => boolean) => {
    const test = known.get(pattern) ?? namePatterns([pattern], { ignoresCase: true });
    if (known.size >= patternsKept) known.clear();
    known.set(pattern, test);
    return test;
  };
  database.function(name, { deterministic: true }, (pattern, value) =>
    typeof pattern === 'string' && typeof value === 'string' && testOf(pattern)(value) ? 1 : 0,
  );
};
