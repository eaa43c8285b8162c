import type { Expression } from '../../python/syntax.ts';
import type { CodeTask } from '../facts.ts';
import type { Found, Look, Rule } from '../rule.ts';
import { constantIn, isTrue, lookAt, pathOf, positional, settingOf } from '../ruleKit.ts';

const chords = /^celery\.(?:canvas\.)?chord$/;
const groups = /^celery\.(?:canvas\.)?group$/;

export const chordMemberIgnoresResult: Rule = {
  id: 'chord-member-ignores-result',
  severity: 'error',
  title: 'Chord member ignores its result',
  why: 'The body of a chord waits for the result of every member: with ignore_result, it never starts.',
  node: (look) => {
    const { node } = look;
    if (node.kind === 'call' && chords.test(pathOf(node.callee, look) ?? '')) {
      const header = positional(node)[0];
      return header ? headerOf(header, look).flatMap((each) => defect(each, look)) : undefined;
    }
    if (node.kind !== 'operation' || node.operator !== '|') return undefined;
    const [left, right] = node.operands;
    if (!left || !right || left.kind !== 'call' || !groups.test(pathOf(left.callee, look) ?? '')) return undefined;
    return positional(left)
      .flatMap((each) => membersOf(each))
      .flatMap((each) => defect(each, look));
  },
};

const headerOf = (value: Expression, look: Look): readonly Expression[] =>
  value.kind === 'call' && groups.test(pathOf(value.callee, look) ?? '')
    ? positional(value).flatMap(membersOf)
    : membersOf(value);

const membersOf = (value: Expression): readonly Expression[] => {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items;
  return value.kind === 'comprehension' ? value.elements : [value];
};

const signatures = new Set(['s', 'si', 'signature', 'subtask']);

const defect = (member: Expression, look: Look): readonly Found[] => {
  if (member.kind !== 'call' || member.callee.kind !== 'attribute' || !signatures.has(member.callee.name)) return [];
  const task = look.index.taskOf(member.callee.object, look.file, look.above);
  if (task === null || typeof task === 'string' || !ignores(task, look)) return [];
  return [
    {
      at: member,
      message: `This chord never finishes: "${task.function}" ignores its result, and the body waits for it.`,
    },
  ];
};

const ignores = ({ options, hasAllOptions }: CodeTask, look: Look): boolean => {
  const own = options.get('ignore_result');
  if (own) return isTrue(own);
  const setting = settingOf(look.index, 'task_ignore_result', 'CELERY_IGNORE_RESULT');
  return hasAllOptions && setting !== undefined && constantIn(setting.value, lookAt(setting, look.index)) === true;
};
