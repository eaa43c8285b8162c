import type { Expression } from '../../python/syntax.ts';
import type { Found, Look, Rule } from '../rule.ts';
import { keyword, positional, sendingCall } from '../ruleKit.ts';
import { entriesOf } from '../settingsIn.ts';
import { nameCall, scheduleEntries } from '../usesIn.ts';

const applying = new Set(['apply_async', 'apply_async_on_commit', 'apply']);

export const argsNotTuple: Rule = {
  id: 'args-not-tuple',
  severity: 'error',
  title: 'args is not a list or tuple',
  why: 'args must be a list or a tuple. Parentheses around one value without a comma do not make a tuple.',
  fixKeepsMeaning: true,
  node: (look) => {
    const { node, file, above, index } = look;
    if (node.kind !== 'call') return undefined;
    const isSending = sendingCall(node, look, applying) !== null;
    const isSendTask =
      node.callee.kind === 'attribute' &&
      node.callee.name === 'send_task' &&
      nameCall(node, file, above, index.names, index.objects) !== null;
    if (!isSending && !isSendTask) return undefined;
    const given = keyword(node, 'args')?.value ?? positional(node)[isSending ? 0 : 1];
    return given ? defect(given, look) : undefined;
  },
  project: (index) =>
    index.settings.flatMap((setting) =>
      setting.key.toLowerCase() === 'beat_schedule'
        ? scheduleEntries(setting, index.names).flatMap(({ entry }) => {
            const args = entriesOf(entry).find(([key]) => key === 'args');
            const look = { file: setting.file, above: setting.above, index };
            return args ? defect(args[1], look).map((found) => ({ ...found, file: setting.file })) : [];
          })
        : [],
    ),
};

const defect = (value: Expression, { file }: Omit<Look, 'node'>): readonly Found[] => {
  const isSingle =
    value.kind === 'string' ||
    value.kind === 'number' ||
    (value.kind === 'constant' && value.value !== null) ||
    value.kind === 'dict';
  const { text } = file.syntax;
  const before = text.slice(0, value.start).trimEnd();
  const behind = text.slice(value.end).trimStart();
  const isBracketed = before.endsWith('(') && behind.startsWith(')') && isOwnBracket(before, value);
  if (!isSingle && !isBracketed) return [];
  const whole = isBracketed ? { start: before.length - 1, end: text.length - behind.length + 1 } : value;
  const fix =
    value.kind === 'dict'
      ? []
      : isBracketed
        ? [{ start: value.end, end: value.end, text: ',' }]
        : [
            { start: value.start, end: value.start, text: '(' },
            { start: value.end, end: value.end, text: ',)' },
          ];
  return [{ at: whole, message: 'This call fails: args must be a list or a tuple, such as (x,).', fix }];
};

/** `apply_async((x))` has a bracket for the call and one for the value; `apply_async(x)` has one. */
const isOwnBracket = (before: string, value: Expression): boolean => {
  if (value.kind === 'tuple' || value.kind === 'list' || value.kind === 'comprehension') return false;
  const rest = before.slice(0, -1).trimEnd();
  return /[(,=:]$/.test(rest);
};
