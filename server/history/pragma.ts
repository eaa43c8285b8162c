import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

/** What a setting of the database says, as a number. */
export const pragma = (database: ReadOnlyDatabase, name: string): number =>
  Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);

export const versionOf = (database: ReadOnlyDatabase): number => pragma(database, 'user_version');
