import { isRecord } from './isRecord.ts';
import { wordOf } from './wordOf.ts';

/** What a worker wrote under these names, one inside the other; undefined where there is nothing. */
export const field = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (isRecord(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  );

export const textField = (value: unknown, ...path: readonly string[]): string => wordOf(field(value, ...path));

export const numberField = (value: unknown, ...path: readonly string[]): number | null => {
  const found = field(value, ...path);
  return typeof found === 'number' ? found : null;
};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
