import type { ResultValue, TaskResult } from '../api/results.ts';
import type { Paint } from './paint.ts';
import { stateStyle } from './taskRows.ts';
import { printable } from './wording.ts';

/** What a result backend holds of one task. */
export const resultScreen = (result: TaskResult, { paint }: { readonly paint: Paint }): string[] => {
  const { status, runningOn, name, traceback } = result;
  const where = runningOn ? ` on ${printable(runningOn.hostname)}, process ${runningOn.pid}` : '';
  const blocks = [
    [
      `${name === null ? '' : `${paint('bold', printable(name))}  `}${printable(result.id)}`,
      `${paint(stateStyle(status), printable(status))}${where}`,
    ],
    facts(result, paint),
    traceback === null ? [] : traceback.trimEnd().split('\n').map(printable),
    result.notes.map(printable),
  ];
  return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
};

const facts = (result: TaskResult, paint: Paint): string[] => {
  const rows: readonly (readonly [string, string])[] = [
    [result.result.kind === 'exception' ? 'exception' : 'result', valueText(result.result)],
    ['args', jsonOf(result.args)],
    ['kwargs', jsonOf(result.kwargs)],
    ['worker', result.worker ?? ''],
    ['queue', result.queue ?? ''],
    ['retries', result.retries ? String(result.retries) : ''],
    ['done', result.dateDone ?? ''],
    ['group', result.groupId ?? ''],
    ['parent', result.parentId ?? ''],
    ['children', isEmpty(result.children) ? '' : jsonOf(result.children)],
  ];
  const told = rows.filter(([, text]) => text !== '');
  const left = Math.max(...told.map(([term]) => term.length)) + 2;
  return told.map(([term, text]) => `${paint('dim', term.padEnd(left))}${printable(text)}`);
};

const valueText = (value: ResultValue): string => {
  if (value.kind === 'opaque') return value.sentence;
  if (value.kind === 'json') return value.exactText ?? JSON.stringify(value.value) ?? '';
  const message = value.message.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(', ');
  const type = value.module === null || value.module === 'builtins' ? value.type : `${value.module}.${value.type}`;
  return message === '' ? type : `${type}: ${message}`;
};

const jsonOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
