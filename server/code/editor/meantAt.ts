import type { Expression, Syntax } from '../../python/syntax.ts';
import { type Ancestors, walk } from '../../python/walk.ts';
import type { CodeIndex } from '../codeIndex.ts';
import type { CodeFile, CodeTask } from '../facts.ts';
import { sendingMethods } from '../usesIn.ts';

/** The task that something in the code stands for, and what stands for it. */
export interface Meant {
  readonly task: string;
  readonly start: number;
  readonly end: number;
}

/** The task that is meant at a place: its definition, a name for it, a method that sends it, or its name in a string. */
export const meantAt = (index: CodeIndex, file: CodeFile, offset: number): Meant | null => {
  let found: Meant | null = null;
  walk(file.syntax.body, (node, above) => {
    if (offset < node.start || offset > node.end) return false;
    found = meantBy(node, above, { index, file, offset }) ?? found;
    return true;
  });
  return found ?? namedAt(index, file, offset);
};

interface Place {
  readonly index: CodeIndex;
  readonly file: CodeFile;
  readonly offset: number;
}

const meantBy = (node: Syntax, above: Ancestors, { index, file, offset }: Place): Meant | null => {
  const meant = (task: CodeTask | string | null | undefined, start: number, end: number): Meant | null =>
    task === null || task === undefined || offset < start || offset > end
      ? null
      : { task: typeof task === 'string' ? task : task.name, start, end };
  switch (node.kind) {
    case 'def':
    case 'class':
      return meant(index.taskOfDefinition(node), node.nameStart, node.nameStart + node.name.length);
    case 'name':
      return meant(index.taskOf(node, file, above), node.start, node.end);
    case 'attribute':
      return offset < node.nameStart
        ? null
        : meant(taskOfAttribute(node, above, index, file), node.nameStart, node.end);
    case 'string':
      return node.value === null || !node.value.includes('.')
        ? null
        : meant(index.task(node.value), node.start, node.end);
    case 'import':
      return importedAt(node, above, { index, file, offset });
    default:
      return null;
  }
};

const taskOfAttribute = (
  node: Extract<Expression, { kind: 'attribute' }>,
  above: Ancestors,
  index: CodeIndex,
  file: CodeFile,
): CodeTask | string | null =>
  sendingMethods.has(node.name) ? index.taskOf(node.object, file, above) : index.taskOf(node, file, above);

/** `from shop.tasks import charge` */
const importedAt = (
  node: Extract<Syntax, { kind: 'import' }>,
  above: Ancestors,
  { index, file, offset }: Place,
): Meant | null => {
  const name = node.names.find(({ start, end }) => start <= offset && offset <= end);
  if (!name || name.name === '*' || node.from === null) return null;
  const { start, end } = name;
  const task = index.taskOf({ kind: 'name', id: name.alias ?? name.name, start, end }, file, above);
  return task === null || typeof task === 'string' ? null : { task: task.name, start, end };
};

/** `send_task("name")`, an entry of a schedule, a route: also of a task that the workspace does not define. */
const namedAt = (index: CodeIndex, file: CodeFile, offset: number): Meant | null => {
  const use = index.uses.find(
    (each) => each.isByName && each.file === file.path && each.start <= offset && offset <= each.end,
  );
  return use ? { task: use.task, start: use.start, end: use.end } : null;
};
