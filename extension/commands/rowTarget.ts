/** What a row of a view is about, as far as it says: a command called from the palette gets no row, and all is null. */
export interface RowTarget {
  readonly clusterId: string | null;
  readonly hostname: string | null;
  readonly queueName: string | null;
  readonly taskId: string | null;
  readonly taskName: string | null;
  readonly failureId: string | null;
  readonly alertId: string | null;
}

/** VS Code hands a command whatever it was called on; of that, only the fields count that rows carry. */
export const rowTarget = (row: unknown): RowTarget => ({
  clusterId: textOf(row, 'clusterId'),
  hostname: textOf(row, 'hostname'),
  queueName: textOf(row, 'queueName'),
  taskId: textOf(row, 'taskId'),
  taskName: textOf(row, 'taskName'),
  failureId: textOf(row, 'failureId'),
  alertId: textOf(row, 'alertId'),
});

const textOf = (row: unknown, field: keyof RowTarget): string | null => {
  const value = typeof row === 'object' && row !== null ? Reflect.get(row, field) : null;
  return typeof value === 'string' && value !== '' ? value : null;
};
