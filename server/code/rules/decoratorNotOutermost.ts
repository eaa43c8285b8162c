import type { Expression } from '../../python/syntax.ts';
import { returnsItsArgument } from '../returnsItsArgument.ts';
import type { Rule } from '../rule.ts';

export const decoratorNotOutermost: Rule = {
  id: 'decorator-not-outermost',
  severity: 'warning',
  title: 'Decorator above the task decorator',
  why: 'The outer decorator wraps the task object, not the function: workers run the function without it.',
  node: (look) => {
    const { node, file, above, index } = look;
    if (node.kind !== 'def' || node.decorators.length < 2 || !index.taskOfDefinition(node)) return undefined;
    const isMaker = node.decorators.map(
      (each) => index.objects.taskMaker({ node: each.kind === 'call' ? each.callee : each, file, above }) !== null,
    );
    const at = isMaker.indexOf(true);
    const upper = node.decorators[0];
    if (at <= 0 || !upper) return undefined;
    const between = node.decorators.slice(0, at);
    if (between.every((each) => isMethodKind(each) || returnsItsArgument(each, look))) return undefined;
    return [
      {
        at: upper,
        message: 'Workers run the task without this decorator: the task decorator must be outermost.',
      },
    ];
  },
};

const isMethodKind = (decorator: Expression): boolean =>
  decorator.kind === 'name' && (decorator.id === 'staticmethod' || decorator.id === 'classmethod');
