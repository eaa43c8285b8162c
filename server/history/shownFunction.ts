import { makeRedactor } from '../api/redactor.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

const name = 'celeriac_shown';

/** A text of a statement as people see it: they search and sort by that, or they would learn of secrets by what is found. */
export const shown = (what: string): string => `${name}(${what})`;

/** Has statements on this connection know `shown`. */
export const addShown = (database: ReadOnlyDatabase, redactPatterns: readonly string[]): void => {
  const redactor = makeRedactor(redactPatterns);
  database.function(name, { deterministic: true }, (value) =>
    typeof value === 'string' ? redactor.text(value) : value,
  );
};
