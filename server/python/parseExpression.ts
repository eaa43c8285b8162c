import { beginsExpression, deepestExpression, operation, unreadable } from './expressionParts.ts';
import { parseAtom } from './parseAtom.ts';
import { parseLambda } from './parseParameters.ts';
import type { Argument, Expression } from './syntax.ts';
import type { ExpressionRules, TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

/** How strongly the operators bind that stand between two operands. */
const strengths: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  in: 4,
  is: 4,
  '<': 4,
  '>': 4,
  '==': 4,
  '!=': 4,
  '<=': 4,
  '>=': 4,
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '//': 10,
  '%': 10,
  '@': 10,
  '**': 12,
};
/** Operands in a row, or names and calls behind each other. */
const longestChain = 500;
const strengthOfNot = 3;
const strengthOfSign = 11;

/** One expression, or several with commas between them, which are a tuple. */
export const parseExpressions = (reader: TokenReader, depth = 0): Expression => {
  const start = reader.start;
  const first = parseExpression(reader, depth);
  if (!reader.is(',')) return first;
  const items = [first];
  while (reader.take(',') && beginsExpression(reader)) items.push(parseExpression(reader, depth));
  return { kind: 'tuple', items, start, end: reader.lastEnd };
};

/** One expression; what cannot be read is `unreadable`, and nothing of it is taken. */
export const parseExpression = (reader: TokenReader, depth = 0): Expression => {
  const start = reader.start;
  if (depth > deepestExpression) return unreadable(reader, start);
  if (reader.is('lambda')) return parseLambda(reader, depth + 1);
  if (reader.is('yield')) return parseYield(reader, depth + 1);
  if (reader.is('*') || reader.is('**')) {
    reader.at++;
    const value = parseBinary(reader, 1, depth + 1);
    return operation('*', start, [value], value.end);
  }
  const value = parseBinary(reader, 1, depth + 1);
  if (reader.is(':=')) {
    reader.at++;
    const assigned = parseExpression(reader, depth + 1);
    return operation(':=', start, [value, assigned], assigned.end);
  }
  if (!reader.is('if')) return value;
  const before = reader.at++;
  const test = parseBinary(reader, 1, depth + 1);
  if (!reader.take('else')) {
    // The condition of a comprehension.
    reader.at = before;
    return value;
  }
  const otherwise = parseExpression(reader, depth + 1);
  return operation('?:', start, [test, value, otherwise], otherwise.end);
};

const parseYield = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  reader.at++;
  reader.take('from');
  const operands = beginsExpression(reader) ? [parseExpressions(reader, depth)] : [];
  return operation('yield', start, operands, reader.lastEnd);
};

const parseBinary = (reader: TokenReader, weakest: number, depth: number): Expression => {
  const start = reader.start;
  let left = parseUnary(reader, depth);
  for (let count = 0; ; count++) {
    const operator = operatorHere(reader);
    const strength = operator === null ? 0 : (strengths[operator.word] ?? 0);
    if (operator === null || strength < weakest) return left;
    reader.at += operator.tokens;
    const right = parseBinary(reader, operator.word === '**' ? strength : strength + 1, depth + 1);
    // A long row of operands is read to its end, and only its start is kept: whoever walks the tree may call itself.
    if (count < longestChain) left = operation(operator.name, start, [left, right], right.end);
  }
};

interface Operator {
  readonly word: string;
  readonly name: string;
  readonly tokens: number;
}

const operatorHere = (reader: TokenReader): Operator | null => {
  if (reader.kind === tokenKinds.operator) {
    const { word } = reader;
    return { word, name: word, tokens: 1 };
  }
  if (reader.kind !== tokenKinds.name) return null;
  if (reader.is('not') && reader.isAhead('in', 1)) return { word: 'in', name: 'not in', tokens: 2 };
  if (reader.is('is')) return { word: 'is', name: 'is', tokens: reader.isAhead('not', 1) ? 2 : 1 };
  for (const word of ['and', 'or', 'in']) if (reader.is(word)) return { word, name: word, tokens: 1 };
  return null;
};

const parseUnary = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  if (depth > deepestExpression) return unreadable(reader, start);
  if (reader.take('not')) {
    const value = parseBinary(reader, strengthOfNot, depth + 1);
    return operation('not', start, [value], value.end);
  }
  for (const sign of ['-', '+', '~'])
    if (reader.take(sign)) {
      const value = parseBinary(reader, strengthOfSign, depth + 1);
      return operation(sign, start, [value], value.end);
    }
  if (reader.is('await')) {
    reader.at++;
    if (beginsExpression(reader)) {
      const value = parseUnary(reader, depth + 1);
      return operation('await', start, [value], value.end);
    }
    reader.at--;
  }
  return parseTrailers(reader, parseAtom(reader, depth + 1), start, depth + 1);
};

/** `.name`, `(…)` and `[…]` behind what they belong to. */
const parseTrailers = (reader: TokenReader, atom: Expression, start: number, depth: number): Expression => {
  let value = atom;
  for (let count = 0; ; count++) {
    if (count >= longestChain) return value;
    if (reader.is('.')) {
      reader.at++;
      if (reader.kind !== tokenKinds.name) return value;
      const { word: name, start: nameStart } = reader;
      reader.at++;
      value = { kind: 'attribute', object: value, name, nameStart, start, end: reader.lastEnd };
    } else if (reader.is('(')) {
      const args = parseArguments(reader, depth);
      value = { kind: 'call', callee: value, args, start, end: reader.lastEnd };
    } else if (reader.is('[')) {
      reader.at++;
      const index = parseSlices(reader, depth);
      reader.take(']');
      value = operation('[]', start, [value, index], reader.lastEnd);
    } else return value;
  }
};

const parseSlices = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  const items: Expression[] = [];
  let isSlice = false;
  for (let before = -1; !reader.is(']') && reader.at !== before; ) {
    before = reader.at;
    if (beginsExpression(reader)) items.push(parseExpression(reader, depth));
    if (reader.take(':') || reader.take(',')) isSlice = true;
  }
  const [only] = items;
  return only && !isSlice ? only : { kind: 'tuple', items, start, end: reader.lastEnd };
};

/** From the opening bracket to the closing one. What cannot be read in between ends them. */
export const parseArguments = (reader: TokenReader, depth = 0): readonly Argument[] => {
  const args: Argument[] = [];
  reader.at++;
  while (!reader.is(')') && beginsExpression(reader)) {
    args.push(parseArgument(reader, depth));
    if (!reader.take(',')) break;
  }
  if (!reader.take(')')) skipToClosing(reader);
  return args;
};

/** What is left in brackets that could not be read. */
const skipToClosing = (reader: TokenReader): void => {
  let open = 0;
  while (reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end) {
    if (reader.is('(') || reader.is('[') || reader.is('{')) open++;
    if (reader.is(')') || reader.is(']') || reader.is('}')) {
      if (open === 0) {
        reader.take(')');
        return;
      }
      open--;
    }
    reader.at++;
  }
};

const parseArgument = (reader: TokenReader, depth: number): Argument => {
  const start = reader.start;
  if (reader.is('*') || reader.is('**')) {
    const unpacks = reader.is('*') ? '*' : '**';
    reader.at++;
    const value = parseExpression(reader, depth);
    return { name: null, unpacks, value, start, end: value.end };
  }
  if (reader.kind === tokenKinds.name && reader.isAhead('=', 1)) {
    const name = reader.word;
    reader.at += 2;
    const value = parseExpression(reader, depth);
    return { name, unpacks: '', value, start, end: value.end };
  }
  const value = parseExpression(reader, depth);
  if (!reader.is('for') && !reader.is('async')) return { name: null, unpacks: '', value, start, end: value.end };
  const made = parseComprehensionClauses(reader, [value], start, depth);
  return { name: null, unpacks: '', value: made, start, end: made.end };
};

/** `for … in … if …`, behind the elements. */
const parseComprehensionClauses = (
  reader: TokenReader,
  elements: readonly Expression[],
  start: number,
  depth: number,
): Expression => {
  const clauses: { target: Expression | null; value: Expression }[] = [];
  for (;;) {
    if (reader.is('async') && reader.isAhead('for', 1)) reader.at++;
    if (reader.take('for')) {
      const target = parseTargets(reader, depth);
      if (!reader.take('in')) break;
      clauses.push({ target, value: parseBinary(reader, 1, depth + 1) });
    } else if (reader.take('if')) clauses.push({ target: null, value: parseBinary(reader, 1, depth + 1) });
    else break;
  }
  return { kind: 'comprehension', elements, clauses, start, end: reader.lastEnd };
};

const strongerThanIn = 5;

/** What a loop assigns to: it ends before `in`. */
export const parseTargets = (reader: TokenReader, depth = 0): Expression => {
  const start = reader.start;
  const items: Expression[] = [];
  do {
    if (reader.is('in')) break;
    const itemStart = reader.start;
    const isUnpacked = reader.take('*');
    const item = parseBinary(reader, strongerThanIn, depth + 1);
    items.push(isUnpacked ? operation('*', itemStart, [item], item.end) : item);
  } while (reader.take(','));
  const [only] = items;
  return only && items.length === 1 ? only : { kind: 'tuple', items, start, end: reader.lastEnd };
};

/** What the parts of expressions need of the whole. */
export const expressionRules: ExpressionRules = {
  expression: parseExpression,
  expressions: parseExpressions,
  comprehension: parseComprehensionClauses,
};
