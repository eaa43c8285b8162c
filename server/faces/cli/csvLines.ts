type ToJson = (value: object) => string;

/** Rows as CSV (RFC 4180): a line of names, then a line for each row. What is no text or number is JSON. */
export const csvLines = (rows: readonly object[], toJson: ToJson): readonly string[] => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0) return [];
  const lineOf = (row: object): string => {
    const values = new Map<string, unknown>(Object.entries(row));
    return names.map((name) => cellOf(values.get(name), toJson)).join(',');
  };
  return [names.map(quoted).join(','), ...rows.map(lineOf)];
};

const cellOf = (value: unknown, toJson: ToJson): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? quoted(toJson(value)) : typeof value === 'string' ? quoted(value) : String(value);
};

/** A spreadsheet takes a text that begins like this for a formula, and workers may send any text. */
const formula = /^[=+\-@\t\r]/;

const quoted = (text: string): string => {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
