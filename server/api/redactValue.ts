import { mask } from './redaction.ts';

type IsSecret = (name: string) => boolean;

/** Deeper than any value that a page shows, and safe for whatever walks the value after. */
const deepest = 100;

/** A value without its secrets, at any depth up to where it is cut. */
export const redactValue = (value: unknown, isSecret: IsSecret, text: (from: string) => string, depth = 0): unknown => {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (depth === deepest) return '…';
  const inner = (each: unknown): unknown => redactValue(each, isSecret, text, depth + 1);
  if (Array.isArray(value))
    return value.map((each, index) => (isAfterOption(value, index, isSecret) ? mask : inner(each)));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, isSecret(name) && hides(each) ? mask : inner(each)]),
  );
};

/** Whether there is a secret may be seen. */
const hides = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && typeof value !== 'boolean';

/** `['--password', 'x']`: a command line in pieces. */
const isAfterOption = (list: readonly unknown[], index: number, isSecret: IsSecret): boolean => {
  const option: unknown = list[index - 1];
  const value: unknown = list[index];
  return (
    typeof option === 'string' &&
    option.startsWith('--') &&
    typeof value === 'string' &&
    value !== '' &&
    !value.startsWith('-') &&
    isSecret(option.slice(2))
  );
};
