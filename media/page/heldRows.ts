export interface HeldRows<Row> {
  /** Null: the row is gone, and its place stays empty. */
  readonly rows: readonly (Row | null)[];
  readonly keys: readonly string[];
  /** How many rows are not shown yet. */
  readonly waiting: number;
}

/** Rows in the order in which they were shown before, each as it is now. What is new since then waits. */
export const heldRows = <Row>(
  shown: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): HeldRows<Row> => {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const known = new Set(shown);
  return {
    rows: shown.map((key) => byKey.get(key) ?? null),
    keys: shown,
    waiting: rows.filter((row) => !known.has(keyOf(row))).length,
  };
};
