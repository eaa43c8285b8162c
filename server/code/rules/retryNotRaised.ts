import { isRetryCall } from '../retryCalls.ts';
import type { Rule } from '../rule.ts';
import { keyword } from '../ruleKit.ts';

export const retryNotRaised: Rule = {
  id: 'retry-not-raised',
  severity: 'warning',
  title: 'retry() as a statement of its own',
  why: 'retry() raises, so what stands behind it never runs; "raise self.retry()" says so to readers and to linters.',
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'expression' || node.value.kind !== 'call' || !isRetryCall(node.value, look)) return undefined;
    if (keyword(node.value, 'throw')) return undefined;
    const { callee, start } = node.value;
    const at = callee.kind === 'attribute' ? { start: callee.nameStart, end: callee.end } : callee;
    return [
      {
        at,
        message: 'Nothing behind this line runs: retry() raises. Write "raise self.retry(…)".',
        fix: [{ start, end: start, text: 'raise ' }],
      },
    ];
  },
};
