import type { Call, Syntax } from '../python/syntax.ts';
import type { CodeTask } from './facts.ts';
import type { Look } from './rule.ts';
import { enclosingTask, runOf } from './ruleKit.ts';

/** Whether a call is a task's own `retry`: `self.retry(…)` in a bound task or a class, `charge.retry(…)`, `current_task.retry()`. */
export const isRetryCall = (call: Call, look: Omit<Look, 'node'>): boolean => {
  if (call.callee.kind !== 'attribute' || call.callee.name !== 'retry') return false;
  const { object } = call.callee;
  const task = enclosingTask(look.above, look.index);
  if (object.kind === 'name' && task && object.id === ownName(task)) return !isShadowed(object.id, task, look);
  const meant = look.index.taskOf(object, look.file, look.above);
  if (meant !== null && typeof meant !== 'string') return true;
  return look.index.names.path(object, look.file, look.above) === 'celery.current_task';
};

/** What a task calls itself. */
const ownName = (task: CodeTask): string | null =>
  task.bind || task.definition.kind === 'class' ? (runOf(task)?.parameters[0]?.name ?? null) : null;

/** A method of a class within the task has a self of its own. */
const isShadowed = (name: string, task: CodeTask, { above }: Omit<Look, 'node'>): boolean => {
  const own = runOf(task);
  return above.some(
    (each) =>
      each.kind === 'def' &&
      each !== own &&
      above.indexOf(each) > above.indexOf(own as Syntax) &&
      each.parameters.some((parameter) => parameter.name === name),
  );
};
