import type { Expression, Statement } from '../../python/syntax.ts';
import type { Ancestors } from '../../python/walk.ts';
import type { CodeIndex } from '../codeIndex.ts';
import type { CodeFile, CodeTask } from '../facts.ts';

/** The task that a dotted name stands for at a place, though the statement there may not be readable yet. */
export const taskOfCallee = (name: string, index: CodeIndex, file: CodeFile, offset: number): CodeTask | null => {
  const [first, ...rest] = name.split('.');
  if (first === undefined || first === '') return null;
  let node: Expression = { kind: 'name', id: first, start: offset, end: offset };
  for (const part of rest)
    node = { kind: 'attribute', object: node, name: part, nameStart: offset, start: offset, end: offset };
  const task = index.taskOf(node, file, functionsAround(file.syntax.body, offset));
  return task === null || typeof task === 'string' ? null : task;
};

/** The functions and classes that a place is in, the innermost last; a function that is being typed may end before it. */
const functionsAround = (body: readonly Statement[], offset: number): Ancestors => {
  const holder = body.findLast((each) => each.start <= offset);
  if (holder === undefined || (holder.kind !== 'def' && holder.kind !== 'class') || offset > holder.end + lineToCome)
    return [];
  return [holder, ...functionsAround(holder.body, offset)];
};

/** As much as a line may be that is typed behind a function's last. */
const lineToCome = 200;
