import type { FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { CodeTask } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const selfWithoutBind: Rule = {
  id: 'self-without-bind',
  severity: 'error',
  title: 'Task uses self without bind=True',
  why: 'Without bind=True, self is an argument that callers must pass, or an undefined name.',
  node: ({ node, above, index, file }) => {
    if (node.kind !== 'def' || above.some((each) => each.kind === 'class')) return undefined;
    const task = index.taskOfDefinition(node);
    if (
      !task ||
      task.bind ||
      !task.hasAllOptions ||
      task.options.has('bind') ||
      isBoundElsewhere(node, index, file, above)
    )
      return undefined;
    const [first] = node.parameters;
    const at = { start: node.nameStart, end: node.nameStart + node.name.length };
    if (first?.name === 'self') {
      const message = `Callers of "${node.name}" must pass self: the task is not bound. Add bind=True.`;
      return [{ at, message, fix: addBind(task, node, file.syntax.text) }];
    }
    if (node.parameters.some(({ name }) => name === 'self') || !usesSelf(node)) return undefined;
    return [
      {
        at,
        message: `"${node.name}" fails with a NameError: it uses self, but has no bind=True and no parameter self.`,
      },
    ];
  },
};

/** `my_task = partial(shared_task, bind=True)`: what the decorator gives is not all seen. */
const isBoundElsewhere = (
  node: FunctionDefinition,
  index: Parameters<NonNullable<Rule['node']>>[0]['index'],
  file: Parameters<NonNullable<Rule['node']>>[0]['file'],
  above: Parameters<NonNullable<Rule['node']>>[0]['above'],
): boolean =>
  node.decorators.some((decorator) => {
    const callee = decorator.kind === 'call' ? decorator.callee : decorator;
    if (callee.kind === 'attribute') return false;
    const meaning = index.names.meaning(callee, file, above);
    return meaning?.kind === 'value' || meaning?.kind === 'definition';
  });

const usesSelf = (definition: FunctionDefinition): boolean => {
  let found = false;
  walk(definition.body, (node, above) => {
    if (node.kind === 'def' || node.kind === 'class' || node.kind === 'lambda') return false;
    const isBound = above.some((each) => each.kind === 'comprehension');
    if (node.kind === 'attribute' && node.object.kind === 'name' && node.object.id === 'self' && !isBound)
      found ||= node.name === 'retry' || node.name === 'request' || node.name === 'update_state';
    if (node.kind === 'assign' && node.targets.some((target) => target.kind === 'name' && target.id === 'self'))
      return false;
    return undefined;
  });
  return found;
};

const addBind = (task: CodeTask, node: FunctionDefinition, text: string) => {
  for (const decorator of node.decorators) {
    if (decorator.kind !== 'call') {
      if (/task$/.test(text.slice(decorator.start, decorator.end)))
        return [{ start: decorator.end, end: decorator.end, text: '(bind=True)' }];
      continue;
    }
    const [first] = decorator.args;
    const last = decorator.args.at(-1);
    if (!first || !last) return [{ start: decorator.end - 1, end: decorator.end - 1, text: 'bind=True' }];
    if (task.options.get(first.name ?? '') !== undefined)
      return [{ start: last.end, end: last.end, text: ', bind=True' }];
  }
  return [];
};
