/** Rows as CSV (RFC 4180): a line of names, then a line for each row. What is no text or number is JSON. */
export const csvLines = (rows: readonly object[]): readonly string[] => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return [];
  const lineOf = (row: object): string => {
    const values = new Map<string, unknown>(Object.entries(row));
    return names.map((name) => cellOf(values.get(name))).join(',');
  };
  return [names.map(quoted).join(','), ...rows.map(lineOf)];
};

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return quoted(typeof value === 'string' ? value : JSON.stringify(value));
};

/** A spreadsheet takes a text that begins like this for a formula, and workers may send any text. */
const formula = /^[=+\-@\t\r]/;

const quoted = (text: string): string => {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
