/** What the first 100 bytes of an SQLite database say (sqlite.org/fileformat2.html). */
export interface SqliteHeader {
  readonly applicationId: number;
  readonly userVersion: number;
  /** Changes are written to a log beside the file before they are carried over. */
  readonly usesWal: boolean;
}

export const headerBytes = 100;
const magic = 'SQLite format 3\0';

/** Null: this is no database of SQLite. */
export const readSqliteHeader = (bytes: Buffer): SqliteHeader | null => {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, magic.length) !== magic) return null;
  return {
    applicationId: bytes.readUInt32BE(68),
    userVersion: bytes.readUInt32BE(60),
    usesWal: bytes[19] === 2,
  };
};
