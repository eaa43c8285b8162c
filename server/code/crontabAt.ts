import type { Call, Expression } from '../python/syntax.ts';
import { type Ancestors, walk } from '../python/walk.ts';
import { type Crontab, readCrontab } from '../schedule/crontab.ts';
import type { CrontabFieldName, CrontabValue } from '../schedule/crontabField.ts';
import { isZone } from '../schedule/wallTime.ts';
import type { CodeIndex } from './codeIndex.ts';
import type { CodeFile } from './facts.ts';
import { constantIn, isTestFile, lookAt, pathOf } from './ruleKit.ts';

interface WrittenCrontab {
  readonly crontab: Crontab;
  readonly start: number;
  readonly end: number;
}

/** The call of Celery's crontab around a place; null also where a part of it is not told by the text. */
export const crontabAt = (index: CodeIndex, file: CodeFile, offset: number): WrittenCrontab | null => {
  let found: WrittenCrontab | null = null;
  walk(file.syntax.body, (node, above) => {
    if (offset < node.start || offset > node.end) return false;
    if (node.kind === 'call' && pathOf(node.callee, { file, above, index }) === 'celery.schedules.crontab') {
      const crontab = readCall(node, { file, above, index });
      found = crontab && { crontab, start: node.start, end: node.end };
    }
    return true;
  });
  return found;
};

interface Place {
  readonly file: CodeFile;
  readonly above: Ancestors;
  readonly index: CodeIndex;
}

const order: readonly CrontabFieldName[] = ['minute', 'hour', 'dayOfWeek', 'dayOfMonth', 'monthOfYear'];
const keywords: Readonly<Record<string, CrontabFieldName>> = {
  minute: 'minute',
  hour: 'hour',
  day_of_week: 'dayOfWeek',
  day_of_month: 'dayOfMonth',
  month_of_year: 'monthOfYear',
};

const readCall = ({ args }: Call, place: Place): Crontab | null => {
  const fields: Partial<Record<CrontabFieldName, CrontabValue>> = {};
  for (const [at, { name, unpacks, value }] of args.entries()) {
    const field = name === null ? order[at] : Object.hasOwn(keywords, name) ? keywords[name] : undefined;
    // `app` and `nowfun` say nothing of when it is due.
    if (unpacks === '' && field === undefined && name !== null) continue;
    const read = unpacks === '' && field !== undefined ? readValue(value, place) : null;
    if (read === null || field === undefined) return null;
    fields[field] = read;
  }
  return readCrontab(fields);
};

const readValue = (value: Expression, place: Place): CrontabValue | null => {
  if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set') {
    const numbers = value.items.map((item) => constantIn(item, place));
    return numbers.every((each) => typeof each === 'number') ? numbers : null;
  }
  const constant = constantIn(value, place);
  return typeof constant === 'number' || typeof constant === 'string' ? constant : null;
};

/**
 * The zone in which beat counts (`celery/app/base.py: Celery.timezone`): the setting, or UTC unless enable_utc is off.
 * Null where the code does not decide that.
 */
export const beatZone = (index: CodeIndex): string | null => {
  const settings = index.settings.filter(({ file }) => !isTestFile(file));
  const written = settings.filter(({ key }) => key === 'timezone' || key === 'CELERY_TIMEZONE');
  const usesUtc = settings.filter(({ key }) => key === 'enable_utc' || key === 'CELERY_ENABLE_UTC');
  if (written.length === 0) return usesUtc.length === 0 ? 'UTC' : null;
  const zones = new Set(written.map((each) => constantIn(each.value, lookAt(each, index))));
  const [zone] = zones;
  return zones.size === 1 && typeof zone === 'string' && isZone(zone) ? zone : null;
};
