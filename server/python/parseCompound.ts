import { beginsExpression } from './expressionParts.ts';
import { parseExpression, parseExpressions, parseTargets } from './parseExpression.ts';
import type { ExceptHandler, Expression, Statement } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

/** As deep as blocks are read into each other; Python itself allows 100. */
export const deepestBlock = 100;

/** What a statement with blocks is read by. */
export interface Blocks {
  readonly reader: TokenReader;
  /** A colon, and what stands behind it or is indented below it. */
  block(depth: number): readonly Statement[];
  unreadableLine(): Statement;
}

export const conditional = (parts: Blocks, depth: number, kind: 'if' | 'while', start: number): Statement => {
  const { reader } = parts;
  reader.at++;
  const test = parseExpression(reader);
  const body = parts.block(depth);
  const elseStart = reader.start;
  if (kind === 'if' && reader.is('elif')) {
    const next = depth < deepestBlock * 10 ? conditional(parts, depth + 1, 'if', elseStart) : parts.unreadableLine();
    return { kind, test, body, otherwise: [next], start, end: reader.lastEnd };
  }
  return { kind, test, body, otherwise: elseBlock(parts, depth), start, end: reader.lastEnd };
};

const elseBlock = (parts: Blocks, depth: number, word = 'else'): readonly Statement[] =>
  parts.reader.take(word) ? parts.block(depth) : [];

export const forStatement = (parts: Blocks, depth: number, start: number): Statement => {
  const { reader } = parts;
  reader.at++;
  const target = parseTargets(reader);
  reader.take('in');
  const iterates = parseExpressions(reader);
  const body = parts.block(depth);
  const otherwise = elseBlock(parts, depth);
  return { kind: 'for', target, iterates, body, otherwise, start, end: reader.lastEnd };
};

export const withStatement = (parts: Blocks, depth: number, start: number): Statement => {
  const { reader } = parts;
  reader.at++;
  const items: { value: Expression; target: Expression | null }[] = [];
  const isWrapped = reader.is('(') && closesBeforeColon(reader);
  if (isWrapped) reader.at++;
  while (beginsExpression(reader)) {
    const value = parseExpression(reader);
    items.push({ value, target: reader.take('as') ? parseExpression(reader) : null });
    if (!reader.take(',')) break;
  }
  if (isWrapped) reader.take(')');
  const body = parts.block(depth);
  return { kind: 'with', items, body, start, end: reader.lastEnd };
};

/** Whether the bracket here is around all items of a `with`. */
const closesBeforeColon = (reader: TokenReader): boolean => {
  const before = reader.at;
  let open = 0;
  do {
    if (reader.is('(') || reader.is('[') || reader.is('{')) open++;
    if (reader.is(')') || reader.is(']') || reader.is('}')) open--;
    reader.at++;
  } while (open > 0 && reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end);
  const closes = reader.is(':');
  reader.at = before;
  return closes;
};

export const tryStatement = (parts: Blocks, depth: number, start: number): Statement => {
  const { reader } = parts;
  reader.at++;
  const body = parts.block(depth);
  const handlers: ExceptHandler[] = [];
  while (reader.is('except')) handlers.push(handler(parts, depth));
  const otherwise = elseBlock(parts, depth);
  const last = elseBlock(parts, depth, 'finally');
  return { kind: 'try', body, handlers, otherwise, last, start, end: reader.lastEnd };
};

const handler = (parts: Blocks, depth: number): ExceptHandler => {
  const { reader } = parts;
  const { start } = reader;
  reader.at++;
  reader.take('*');
  const type = beginsExpression(reader) ? parseExpressions(reader) : null;
  const hasName = reader.take('as') && reader.kind === tokenKinds.name;
  const name = hasName ? reader.word : null;
  if (hasName) reader.at++;
  const body = parts.block(depth);
  return { type, name, body, start, end: reader.lastEnd };
};

/** `match` is a word of its own only in front of a value and a colon with cases below. */
export const matchStatement = (parts: Blocks, depth: number, start: number): Statement | null => {
  const { reader } = parts;
  const before = reader.at;
  reader.at++;
  if (beginsExpression(reader)) {
    const subject = parseExpressions(reader);
    if (reader.take(':') && reader.takeKind(tokenKinds.newline) && reader.takeKind(tokenKinds.indent)) {
      const cases: (readonly Statement[])[] = [];
      while (reader.is('case')) {
        skipPattern(reader);
        cases.push(parts.block(depth + 1));
      }
      reader.takeKind(tokenKinds.dedent);
      return { kind: 'match', subject, cases, start, end: reader.lastEnd };
    }
  }
  reader.at = before;
  return null;
};

const skipPattern = (reader: TokenReader): void => {
  let open = 0;
  while (reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end) {
    if (reader.is('(') || reader.is('[') || reader.is('{')) open++;
    if (reader.is(')') || reader.is(']') || reader.is('}')) open--;
    if (open === 0 && reader.is(':')) return;
    reader.at++;
  }
};
