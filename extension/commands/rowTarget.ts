import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { fieldOf } from './fieldOf.ts';

/** What a command was called on; a field is null where the row does not say it, and all are where there was no row. */
export interface RowTarget {
  readonly clusterId: string | null;
  readonly hostname: string | null;
  readonly queueName: string | null;
  readonly taskId: string | null;
  readonly taskName: string | null;
  readonly failureId: string | null;
  readonly alertId: string | null;
  /** A process of a worker. */
  readonly pid: number | null;
  /** When the one failure happened that the row stands for. */
  readonly at: number | null;
  /** A file in which the command was called. */
  readonly file: string | null;
  /** The document above which the command was called. */
  readonly document: vscode.Uri | null;
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
  pid: numberOf(row, 'pid'),
  at: numberOf(row, 'at'),
  file: textOf(row, 'file'),
  document: isUri(row) ? row : null,
});

/** A tree with several selected rows hands over the one under the mouse, and then all of them; so does a page, as copies. */
export const rowTargets = (row: unknown, selected: unknown): readonly RowTarget[] => {
  const target = rowTarget(row);
  const all = Array.isArray(selected) ? selected.map(rowTarget) : [];
  return all.some((each) => isDeepStrictEqual(each, target)) ? all : [target];
};

const textOf = (row: unknown, field: string): string | null => {
  const value = fieldOf(row, field);
  return typeof value === 'string' && value !== '' ? value : null;
};

const numberOf = (row: unknown, field: string): number | null => {
  const value = fieldOf(row, field);
  return typeof value === 'number' ? value : null;
};

/** VS Code hands lenses their own Uri back. */
const isUri = (value: unknown): value is vscode.Uri =>
  typeof fieldOf(value, 'scheme') === 'string' && typeof fieldOf(value, 'with') === 'function';
