import type { Rule } from '../rule.ts';
import { sendingCall } from '../ruleKit.ts';

const onCommit = new Set(['delay_on_commit', 'apply_async_on_commit']);

export const delayOnCommitResultUsed: Rule = {
  id: 'delay-on-commit-result-used',
  severity: 'error',
  title: 'Result of delay_on_commit is used',
  why: 'delay_on_commit and apply_async_on_commit return None because the task is sent later.',
  node: (look) => {
    const sent = sendingCall(look.node, look, onCommit);
    const holder = look.above.at(-1);
    if (!sent || !holder) return undefined;
    const isUsed =
      holder.kind === 'assign' ||
      holder.kind === 'attribute' ||
      (holder.kind === 'operation' && holder.operator === '[]');
    if (!isUsed) return undefined;
    const at = { start: sent.start, end: sent.end };
    return [{ at, message: `This is always None: ${sent.method} sends the task after the transaction is committed.` }];
  },
};
