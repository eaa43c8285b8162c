import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

/** "CELY": marks a file as ours, so that no other is ever taken for one. */
export const applicationId = 0x43454c59;

/** The format that this version of Celeriac writes; it reads those before. */
export const schemaVersion = 4;

/** A number that the database keeps of itself. */
export const pragma = (database: ReadOnlyDatabase, name: string): number =>
  Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);

export const versionOf = (database: ReadOnlyDatabase): number => pragma(database, 'user_version');
