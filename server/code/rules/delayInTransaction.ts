import type { Expression } from '../../python/syntax.ts';
import type { Look, Rule } from '../rule.ts';
import { constantIn, isNone, keyword, pathOf, positional, sendingCall } from '../ruleKit.ts';

export const delayInTransaction: Rule = {
  id: 'delay-in-transaction',
  severity: 'warning',
  title: 'Task sent before its transaction is committed',
  why: 'A worker may run the task before the rows it needs are visible, or even though the transaction was rolled back.',
  node: (look) => {
    const sent = sendingCall(look.node, look);
    if (!sent || !isInTransaction(look)) return undefined;
    const { task, method, start, end } = sent;
    return [
      {
        at: { start, end },
        message: `A worker may run "${task.function}" before the transaction is committed. Use ${method}_on_commit (Celery 5.4) or transaction.on_commit.`,
      },
    ];
  },
};

/** A function within, such as a lambda, is called at another time. */
const isInTransaction = (look: Look): boolean => {
  const { above } = look;
  for (let at = above.length - 1; at >= 0; at--) {
    const node = above[at];
    if (!node) continue;
    const outside = { ...look, above: above.slice(0, at) };
    if (node.kind === 'with' && node.items.some(({ value }) => isAtomic(value, outside)))
      return isInBlock(node.body, above[at + 1]);
    if (node.kind === 'lambda') return false;
    if (node.kind === 'def')
      return (
        node.decorators.some((each) => isAtomic(each, outside)) && isInBlock(node.body, above[at + 1] ?? look.node)
      );
    if (node.kind === 'class') return false;
  }
  return false;
};

const isInBlock = (body: readonly unknown[], next: unknown): boolean => body.includes(next);

/** A transaction of another database, such as a replica that is only read, says nothing of the rows that the task needs. */
const isAtomic = (value: Expression, look: Look): boolean => {
  const callee = value.kind === 'call' ? value.callee : value;
  if (pathOf(callee, look) !== 'django.db.transaction.atomic') return false;
  if (value.kind !== 'call') return true;
  const using = keyword(value, 'using')?.value ?? positional(value)[0];
  return using === undefined || isNone(using) || constantIn(using, look) === 'default';
};
