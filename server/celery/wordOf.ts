/**
 * A value of any kind in one word. `String` would call the value's own `toString`, which in a value from outside is whatever
 * was sent under that name, and throws.
 */
export const wordOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
