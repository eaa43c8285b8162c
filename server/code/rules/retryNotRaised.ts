import { isRetryCall } from '../retryCalls.ts';
import type { Rule } from '../rule.ts';
import { keyword } from '../ruleKit.ts';

export const retryNotRaised: Rule = {
  id: 'retry-not-raised',
  severity: 'warning',
  title: 'retry() without raise',
  why: 'retry() raises, so the code after it never runs; "raise self.retry()" makes this clear to readers and linters.',
  fixKeepsMeaning: true,
  node: (look) => {
    const { node } = look;
    if (node.kind !== 'expression' || node.value.kind !== 'call' || !isRetryCall(node.value, look)) return undefined;
    if (keyword(node.value, 'throw')) return undefined;
    const { callee, start } = node.value;
    const at = callee.kind === 'attribute' ? { start: callee.nameStart, end: callee.end } : callee;
    return [
      {
        at,
        message: 'The code after this line never runs: retry() raises. Use "raise self.retry(…)".',
        fix: [{ start, end: start, text: 'raise ' }],
      },
    ];
  },
};
