import type { TaskSummary } from '../../server/api/tasks.ts';

/** How a file of tasks is written, piece by piece. */
export interface ExportFormat {
  readonly head: string;
  row(task: TaskSummary, isFirst: boolean): string;
  readonly foot: string;
}

const columns = [
  'id',
  'state',
  'name',
  'worker',
  'queue',
  'client',
  'args',
  'kwargs',
  'result',
  'exception',
  'sentAt',
  'receivedAt',
  'startedAt',
  'finishedAt',
  'updatedAt',
  'runtimeSeconds',
  'waitSeconds',
  'retries',
  'eta',
] as const satisfies readonly (keyof TaskSummary)[];

const times: readonly string[] = ['sentAt', 'receivedAt', 'startedAt', 'finishedAt', 'updatedAt'];

export const formatFor = (fileName: string): ExportFormat => (/\.json$/i.test(fileName) ? jsonFormat : csvFormat);

/** As RFC 4180 has it, in UTF-8 with the mark that makes spreadsheets see it. */
const csvFormat: ExportFormat = {
  head: `\uFEFF${columns.join(',')}\r\n`,
  row: (task) => `${columns.map((column) => cell(readable(task, column))).join(',')}\r\n`,
  foot: '',
};

const jsonFormat: ExportFormat = {
  head: '[',
  row: (task, isFirst) => {
    const entries = columns.map((column) => [column, readable(task, column)]);
    return `${isFirst ? '' : ','}\n${JSON.stringify(Object.fromEntries(entries))}`;
  },
  foot: '\n]\n',
};

const readable = (task: TaskSummary, column: (typeof columns)[number]): string | number | null => {
  const value = task[column];
  return typeof value === 'number' && times.includes(column) ? new Date(value).toISOString() : value;
};

/** A text that begins like a formula would be run as one. */
const formula = /^[=+\-@\t\r]/;

const cell = (value: string | number | null): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
