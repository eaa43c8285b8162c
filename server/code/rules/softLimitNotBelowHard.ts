import type { Expression } from '../../python/syntax.ts';
import type { Found, Look, Rule } from '../rule.ts';
import { keyword, lookAt, numberIn, sendingCall, settingOf } from '../ruleKit.ts';

const applying = new Set(['apply_async', 'signature', 's', 'si', 'apply_async_on_commit']);

export const softLimitNotBelowHard: Rule = {
  id: 'soft-limit-not-below-hard',
  severity: 'warning',
  title: 'Soft time limit not below the hard limit',
  why: 'The hard limit kills the process first, so the task cannot clean up at the soft limit.',
  node: (look) => {
    const sent = sendingCall(look.node, look, applying);
    if (!sent || sent.method === 's' || sent.method === 'si') return undefined;
    return compare(keyword(sent.call, 'soft_time_limit')?.value, keyword(sent.call, 'time_limit')?.value, look, sent);
  },
  project: (index) => [
    ...index.tasks.flatMap((task) => {
      const file = index.file(task.file);
      if (!file) return [];
      const { nameStart, name } = task.definition;
      const at = { start: nameStart, end: nameStart + name.length };
      const found = compare(
        task.options.get('soft_time_limit'),
        task.options.get('time_limit'),
        { file, above: [], index },
        at,
      );
      return found.map((each) => ({ ...each, file }));
    }),
    ...ofSettings(index),
  ],
};

const ofSettings = (index: Look['index']) => {
  const soft = settingOf(index, 'task_soft_time_limit');
  const hard = settingOf(index, 'task_time_limit');
  if (!soft || !hard || soft.file !== hard.file) return [];
  return compare(soft.value, hard.value, lookAt(soft, index), soft).map((each) => ({ ...each, file: soft.file }));
};

const compare = (
  soft: Expression | undefined,
  hard: Expression | undefined,
  look: Omit<Look, 'node'>,
  at: { readonly start: number; readonly end: number },
): readonly Found[] => {
  const softSeconds = soft ? numberIn(soft, look) : null;
  const hardSeconds = hard ? numberIn(hard, look) : null;
  if (softSeconds === null || hardSeconds === null || softSeconds < hardSeconds) return [];
  return [
    {
      at,
      message: `The soft limit of ${softSeconds} s has no effect: the hard limit of ${hardSeconds} s kills the process first.`,
    },
  ];
};
