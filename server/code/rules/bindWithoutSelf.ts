import type { FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { Rule } from '../rule.ts';

const usual = /^_?(?:self|cls|task|this|celery_task|bound_self|instance|me|t)$/i;

export const bindWithoutSelf: Rule = {
  id: 'bind-without-self',
  severity: 'error',
  title: 'bind=True on a function without self',
  why: 'A bound task gets itself as its first argument: every call fails, or uses the task as data.',
  fixKeepsMeaning: true,
  node: ({ node, index }) => {
    if (node.kind !== 'def' || !index.taskOfDefinition(node)?.bind) return undefined;
    const [first] = node.parameters;
    if (first && (first.kind === 'rest' || usual.test(first.name) || isTaskAnnotation(node))) return undefined;
    if (first && first.kind !== 'keyword' && first.kind !== 'keywords' && !isUsedAsData(node, first.name))
      return undefined;
    const at = { start: node.nameStart, end: node.nameStart + node.name.length };
    return [
      {
        at,
        message: `Every call of "${node.name}" fails: with bind=True, the first argument is the task itself. Add self.`,
        fix: addSelf(node),
      },
    ];
  },
};

const isTaskAnnotation = ({ parameters }: FunctionDefinition): boolean => {
  const annotation = parameters[0]?.annotation;
  const name = annotation?.kind === 'name' ? annotation.id : annotation?.kind === 'attribute' ? annotation.name : '';
  return /Task$/.test(name);
};

/** Whether anything but an attribute of a task is done with it. */
const isUsedAsData = (definition: FunctionDefinition, name: string): boolean => {
  let isTask = false;
  walk(definition.body, (node) => {
    if (node.kind === 'attribute' && node.object.kind === 'name' && node.object.id === name)
      isTask ||=
        /^(?:request|retry|update_state|app|name|apply_async|delay|replace|max_retries|s|si|signature|backend|AsyncResult)$/.test(
          node.name,
        );
    return undefined;
  });
  return !isTask;
};

const addSelf = ({ parameters, nameStart, name }: FunctionDefinition) => {
  const [first] = parameters;
  if (first) return [{ start: first.start, end: first.start, text: 'self, ' }];
  const open = nameStart + name.length + 1;
  return [{ start: open, end: open, text: 'self' }];
};
