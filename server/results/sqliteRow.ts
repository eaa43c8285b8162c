import { inexactText } from '../celery/exactJson.ts';
import { readJson } from '../celery/parseJson.ts';
import { readResultFormat } from '../celery/resultFormat.ts';
import { tooMuch } from '../celery/resultMessage.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { largestEntryBytes, tooLarge } from './largestEntry.ts';
import type { Table } from './sqliteTables.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A value that a column holds serialized, or the sentence that says why it is not read. */
export type Stored = { readonly value: unknown; readonly exactText: string | null } | { readonly sentence: string };

/** The row whose `key` column is `id`, with those of the columns that the table has; a large value stays where it is. */
export const readRow = (
  database: ReadOnlyDatabase,
  table: Table,
  key: string,
  id: string,
  columns: readonly string[],
): Row | null => {
  const there = columns.filter((column) => table.columns.has(column));
  const wanted = there.map(
    (column) => `iif(length("${column}") > ${largestEntryBytes}, length("${column}"), "${column}") AS "${column}"`,
  );
  const sql = `SELECT ${wanted.join(', ')} FROM ${table.name} WHERE "${key}" = ?`;
  return database.prepare(sql).get(id) ?? null;
};

/** What Celery has put into a binary column: JSON, or something that is not read. */
export const readStored = (cell: unknown): Stored => {
  const bytes = toBytes(cell);
  if (bytes === null) return { value: null, exactText: null };
  if (typeof bytes === 'string') return { sentence: bytes };
  const format = readResultFormat(bytes);
  return format.kind === 'unread' ? { sentence: format.sentence } : readStoredJson(format.text);
};

export const readStoredJson = (text: string): Stored => {
  const read = readJson(text);
  if (!('defect' in read)) return { value: read.value, exactText: inexactText(text) };
  return { sentence: read.defect === 'not JSON' ? notCelerys : tooMuch(read.defect) };
};

const notCelerys = 'It does not have the format of a Celery result.';

/** SQLite gives a column's own type, whatever the table says: a number stands for a value left out for its size. */
export const toBytes = (cell: unknown): Buffer | string | null => {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return tooLarge(cell);
  return typeof cell === 'string' ? Buffer.from(cell) : Buffer.from(cell instanceof Uint8Array ? cell : String(cell));
};

export const textIn = (cell: unknown): string | null => (typeof cell === 'string' ? cell : null);

/** As the database keeps it, only that ISO 8601 wants a T: neither writes the time zone there. */
export const dateIn = (cell: unknown): string | null => textIn(cell)?.replace(' ', 'T') ?? null;
