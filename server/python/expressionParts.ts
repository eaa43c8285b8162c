import type { Expression, Operation, Unreadable } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

/** As deep as expressions are read into each other; Python's own parser gives up at 200 brackets. */
export const deepestExpression = 200;

const keywords = new Set(
  'and as assert break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

export const unreadable = (reader: TokenReader, start: number): Unreadable => ({
  kind: 'unreadable',
  start,
  end: Math.max(start, reader.lastEnd),
});

export const operation = (
  operator: string,
  start: number,
  operands: readonly Expression[],
  end: number,
): Operation => ({
  kind: 'operation',
  operator,
  operands,
  start,
  end,
});

/** Whether an expression may begin here. */
export const beginsExpression = (reader: TokenReader): boolean => {
  switch (reader.kind) {
    case tokenKinds.name:
      return !keywords.has(reader.word) || ['not', 'lambda', 'yield'].includes(reader.word);
    case tokenKinds.number:
    case tokenKinds.string:
      return true;
    case tokenKinds.operator:
      return ['(', '[', '{', '-', '+', '~', '*', '**', '...'].includes(reader.word);
    default:
      return false;
  }
};
