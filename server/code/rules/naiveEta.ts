import type { Expression } from '../../python/syntax.ts';
import { isRetryCall } from '../retryCalls.ts';
import type { Look, Rule } from '../rule.ts';
import { keyword, meantBy, pathOf, sendingCall } from '../ruleKit.ts';

const now = /^datetime\.(?:datetime\.)?(?:now|utcnow|today)$/;
const applying = new Set(['apply_async', 'apply_async_on_commit']);
const furthest = 4;

export const naiveEta: Rule = {
  id: 'naive-eta',
  severity: 'warning',
  title: 'eta without a time zone',
  why: 'Celery interprets a time without a zone in its own time zone (UTC by default): the task may run hours early or late.',
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'call' || (!sendingCall(node, look, applying) && !isRetryCall(node, look))) return undefined;
    const eta = keyword(node, 'eta');
    if (!eta || !isNaive(eta.value, look)) return undefined;
    return [
      {
        at: eta.value,
        message: 'This time has no time zone, so the task may run hours early or late. Use datetime.now(timezone.utc).',
      },
    ];
  },
};

const isNaive = (value: Expression, look: Omit<Look, 'node'>, steps = 0): boolean => {
  if (steps > furthest) return false;
  if (value.kind === 'operation' && (value.operator === '+' || value.operator === '-'))
    return value.operands.some((each) => isNaive(each, look, steps + 1));
  if (value.kind === 'name') {
    const meant = meantBy(value, look);
    return meant !== null && isNaive(meant.value, meant.look, steps + 1);
  }
  if (value.kind !== 'call') return false;
  const path = pathOf(value.callee, look) ?? '';
  return now.test(path) && (path.endsWith('utcnow') || value.args.length === 0);
};
