import type { SQLInputValue } from 'node:sqlite';
import type { TaskTimeColumn } from '../api/tasks.ts';
import { isAmong, labelsHolding } from './namedLabels.ts';
import type { Texts } from './readTexts.ts';
import { shown } from './shownFunction.ts';

/** A part of a WHERE with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export const timeColumns: Readonly<Record<TaskTimeColumn, string>> = {
  updated: 'updated_at',
  sent: 'sent_at',
  received: 'received_at',
  started: 'started_at',
  finished: 'finished_at',
};

const shortestIdStart = 6;

/** Columns that hold labels. */
const namingColumns = ['state', 'name', 'worker', 'queue', 'client'] as const;

export const exceptionText = '(SELECT value FROM text WHERE id = task.exception)';

/** LIKE holds ASCII capitals and small letters for the same, as the search in memory does. */
export const textCondition = (text: string, labels: Texts): Condition => {
  const named = labelsHolding(labels, text);
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const isLike = (what: string): string => `${what} LIKE ? ESCAPE '\\'`;
  // What is kept is looked at first: covering a text costs more than finding nothing in it.
  const isSeen = (what: string): string => `(${isLike(what)} AND ${isLike(shown(what))})`;
  const texts = ['args', 'kwargs', 'result', exceptionText];
  const tests = [...texts.map(isSeen), `(typeof(id) = 'text' AND ${isLike('id')})`];
  const values: SQLInputValue[] = [...texts.flatMap(() => [pattern, pattern]), pattern];
  if (named.length > 0) tests.push(...namingColumns.map((column) => isAmong(column, named)));
  const range = idRange(text);
  if (range) tests.push('id BETWEEN ? AND ?');
  return { sql: `(${tests.join(' OR ')})`, values: [...values, ...(range ?? [])] };
};

/** The first and the last UUID that begin with the text; null when none can, or too many do by chance. */
const idRange = (text: string): readonly [Uint8Array, Uint8Array] | null => {
  const lower = text.toLowerCase();
  const digits = lower.replaceAll('-', '');
  if (digits.length < shortestIdStart || !/^[0-9a-f]{1,32}$/.test(digits)) return null;
  if (!'00000000-0000-0000-0000-000000000000'.startsWith(lower.replaceAll(/[0-9a-f]/g, '0'))) return null;
  return [Buffer.from(digits.padEnd(32, '0'), 'hex'), Buffer.from(digits.padEnd(32, 'f'), 'hex')];
};
