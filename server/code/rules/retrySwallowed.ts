import type { ExceptHandler, Expression, Statement } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import { isRetryCall } from '../retryCalls.ts';
import type { Look, Rule } from '../rule.ts';
import { pathOf } from '../ruleKit.ts';

type Try = Extract<Statement, { kind: 'try' }>;

export const retrySwallowed: Rule = {
  id: 'retry-swallowed',
  severity: 'error',
  title: 'Retry swallowed by an except clause',
  why: 'retry() raises Retry, which is an Exception: an enclosing "except Exception" lets the task finish as if it had succeeded.',
  node: (look) => {
    const { node, above } = look;
    if (node.kind !== 'call' || node.callee.kind !== 'attribute' || !isRetryCall(node, look)) return undefined;
    const trapped = above.some((each, at) => each.kind === 'try' && isIn(each, above[at + 1]) && swallows(each, look));
    if (!trapped) return undefined;
    const at = { start: node.callee.nameStart, end: node.callee.end };
    return [
      {
        at,
        message:
          'The task is not retried: the enclosing except clause catches Retry. Add "except Retry: raise" before it.',
      },
    ];
  },
};

/** Whether it is the part whose exceptions the handlers catch. */
const isIn = ({ body }: Try, next: unknown): boolean => body.some((each) => each === next);

const swallows = ({ handlers }: Try, look: Omit<Look, 'node'>): boolean => {
  for (const handler of handlers) {
    const caught = typesOf(handler.type).map((each) => pathOf(each, look) ?? '');
    if (caught.some((path) => /(?:^|\.)Retry$/.test(path))) return !raises(handler);
    const isWide =
      handler.type === null ||
      caught.some((path) => path === 'Exception' || path === 'BaseException' || path === 'builtins.Exception');
    if (isWide) return !raises(handler);
  }
  return false;
};

const typesOf = (type: Expression | null): readonly Expression[] =>
  type === null ? [] : type.kind === 'tuple' ? type.items : [type];

const raises = ({ body }: ExceptHandler): boolean => {
  let found = false;
  walk(body, (node) => {
    if (node.kind === 'def' || node.kind === 'class' || node.kind === 'lambda') return false;
    found ||=
      node.kind === 'raise' ||
      (node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'retry');
    return undefined;
  });
  return found;
};
