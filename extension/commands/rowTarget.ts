import { isDeepStrictEqual } from 'node:util';

/** What the row on which a command was called is about; null: the row does not tell, or there was no row. */
export interface RowTarget {
  readonly clusterId: string | null;
  readonly hostname: string | null;
  readonly queueName: string | null;
  readonly taskId: string | null;
  readonly taskName: string | null;
  readonly failureId: string | null;
  readonly alertId: string | null;
}

/** Trees, pages and notifications hand over objects with these fields; the palette hands over nothing. */
export const rowTarget = (row: unknown): RowTarget => ({
  clusterId: textOf(row, 'clusterId'),
  hostname: textOf(row, 'hostname'),
  queueName: textOf(row, 'queueName'),
  taskId: textOf(row, 'taskId'),
  taskName: textOf(row, 'taskName'),
  failureId: textOf(row, 'failureId'),
  alertId: textOf(row, 'alertId'),
});

/** A tree with several selected rows hands over the one under the mouse, and then all of them; so does a page, as copies. */
export const rowTargets = (row: unknown, selected: unknown): readonly RowTarget[] => {
  const target = rowTarget(row);
  const all = Array.isArray(selected) ? selected.map(rowTarget) : [];
  return all.some((each) => isDeepStrictEqual(each, target)) ? all : [target];
};

const textOf = (row: unknown, field: keyof RowTarget): string | null => {
  if (typeof row !== 'object' || row === null) return null;
  const value: unknown = Reflect.get(row, field);
  return typeof value === 'string' && value !== '' ? value : null;
};
