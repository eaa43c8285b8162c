import type { CodeIndex } from '../codeIndex.ts';
import type { CodeUse } from '../facts.ts';
import { nearestName } from '../nearestName.ts';
import type { Rule } from '../rule.ts';

export const unknownTaskName: Rule = {
  id: 'unknown-task-name',
  severity: 'warning',
  title: 'Unknown task name',
  why: 'A worker discards messages for tasks that it does not know.',
  project: (index) => {
    const files = new Map(index.files.map((file) => [file.path, file]));
    return index.uses.flatMap((use) => {
      const file = files.get(use.file);
      if (!file || !use.isByName || isKnown(use, index)) return [];
      const near = nearestName(
        use.task,
        index.tasks.map(({ name }) => name),
      );
      if (near === null && !isOfWorkspace(use.task, index)) return [];
      const hint = near === null ? '' : ` Did you mean "${near}"?`;
      const isLiteral = /^["']/.test(file.syntax.text.slice(use.start, use.start + 1));
      const fix = near !== null && isLiteral ? [{ start: use.start + 1, end: use.end - 1, text: near }] : [];
      return [{ file, at: use, message: `Workers discard this message: no task is named "${use.task}".${hint}`, fix }];
    });
  },
};

const isKnown = ({ task }: CodeUse, index: CodeIndex): boolean =>
  index.task(task) !== undefined || task.startsWith('celery.') || task.includes('*') || index.tasks.length === 0;

/** The module is one that is read here, so that the task would be, too. */
const isOfWorkspace = (name: string, index: CodeIndex): boolean => {
  const module = name.slice(0, name.lastIndexOf('.'));
  return module !== '' && index.names.module(module) !== undefined;
};
