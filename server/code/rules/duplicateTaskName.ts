import type { CodeIndex } from '../codeIndex.ts';
import type { CodeTask } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { statementsIn } from '../scopes.ts';

export const duplicateTaskName: Rule = {
  id: 'duplicate-task-name',
  severity: 'warning',
  title: 'Two tasks with the same name',
  why: 'The second task replaces the first in the registry or is dropped: one of them never runs.',
  project: (index) => {
    // A task within a function may be of an app of its own, as in tests.
    const lasting = index.tasks.filter((task) => isOnTop(task, index));
    const byName = Map.groupBy(lasting, ({ name }) => name);
    return [...byName].flatMap(([name, tasks]) => {
      const [first, ...others] = tasks;
      if (!first) return [];
      return others.flatMap((task) => {
        const file = index.file(task.file);
        if (!file || areAlternatives(first, task, index)) return [];
        const { nameStart, name: own } = task.definition;
        return [
          {
            file,
            at: { start: nameStart, end: nameStart + own.length },
            message: `Only one of the two tasks named "${name}" runs: the other is at ${first.file}:${first.line}.`,
          },
        ];
      });
    });
  },
};

/** One of them only is there: they stand in the branches of an `if` or a `try`. */
const areAlternatives = (first: CodeTask, second: CodeTask, index: CodeIndex): boolean => {
  if (first.file !== second.file) return false;
  const body = index.file(first.file)?.syntax.body ?? [];
  return body.some(
    (each) =>
      (each.kind === 'if' || each.kind === 'try') &&
      [first, second].every(({ definition }) => each.start <= definition.start && definition.end <= each.end),
  );
};

const isOnTop = ({ file, definition }: CodeTask, index: CodeIndex): boolean =>
  [...statementsIn(index.file(file)?.syntax.body ?? [])].includes(definition);
