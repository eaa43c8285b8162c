import { type CrontabFieldName, type CrontabValue, crontabBounds, readCrontabField } from './crontabField.ts';

/** When a crontab is due: the numbers of each field, in their order. */
export type Crontab = Readonly<Record<CrontabFieldName, readonly number[]>>;

/** The fields that are written; Celery takes `*` for the others. */
export type CrontabFields = Readonly<Partial<Record<CrontabFieldName, CrontabValue>>>;

/** The longest each month can be, January first. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Null where Celery refuses it, also for a day that no month has. */
export const readCrontab = (fields: CrontabFields): Crontab | null => {
  const minute = readCrontabField(fields.minute ?? '*', 'minute');
  const hour = readCrontabField(fields.hour ?? '*', 'hour');
  const dayOfWeek = readCrontabField(fields.dayOfWeek ?? '*', 'dayOfWeek');
  const dayOfMonth = readCrontabField(fields.dayOfMonth ?? '*', 'dayOfMonth');
  const monthOfYear = readCrontabField(fields.monthOfYear ?? '*', 'monthOfYear');
  if (!minute || !hour || !dayOfWeek || !dayOfMonth || !monthOfYear) return null;
  const isPossible = monthOfYear.some((month) => (dayOfMonth[0] ?? 32) <= (longestMonths[month - 1] ?? 0));
  return isPossible ? { minute, hour, dayOfWeek, dayOfMonth, monthOfYear } : null;
};

/** `minute hour day_of_month month_of_year day_of_week`, with one space between, as `crontab.from_string` takes it. */
export const readCrontabLine = (line: string): Crontab | null => {
  const [minute, hour, dayOfMonth, monthOfYear, dayOfWeek, ...others] = line.split(' ');
  if (!minute || !hour || !dayOfMonth || !monthOfYear || !dayOfWeek || others.length > 0) return null;
  return readCrontab({ minute, hour, dayOfMonth, monthOfYear, dayOfWeek });
};

/** Whether a field leaves nothing out. */
export const isEvery = (crontab: Crontab, field: CrontabFieldName): boolean => {
  const { least, most } = crontabBounds[field];
  return crontab[field].length === most - least + 1;
};
