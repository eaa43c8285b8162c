import { figure, plural } from '../../text/wording.ts';
import type { CommandContext } from './context.ts';

export interface FoundTasks<T extends object = object> {
  readonly tasks: readonly T[];
  readonly matching: number | null;
  readonly hasMore: boolean;
}

/** "18 tasks", "2 of 18 tasks match", "the first 50 of 812 tasks; use --limit to see more". */
export const shareOf = ({ tasks, matching, hasMore }: FoundTasks, held: number): string => {
  if (hasMore) {
    const all = matching === null ? 'the matching tasks' : plural(matching, 'task');
    return `the first ${figure(tasks.length)} of ${all}; use --limit to see more`;
  }
  return tasks.length === held ? plural(held, 'task') : `${figure(tasks.length)} of ${plural(held, 'task')} match`;
};

/** Whole tasks by Celery's own names, in the order asked for. */
export const printCelery = ({ terminal }: CommandContext, tasks: readonly object[]): void => {
  const lines = tasks.map((task) => terminal.jsonText(task));
  terminal.line(lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`);
};
