import { endOfString } from './endOfString.ts';
import { deepestExpression } from './expressionParts.ts';
import type { Expression, StringLiteral } from './syntax.ts';
import { type ExpressionRules, TokenReader } from './tokenReader.ts';
import { tokenizeWithin, tokenKinds } from './tokens.ts';
import { unescapeString } from './unescapeString.ts';

/** One string, or several side by side, which are one. */
export const parseString = (reader: TokenReader, depth: number): StringLiteral => {
  const start = reader.start;
  let value: string | null = '';
  let isBytes = false;
  const expressions: Expression[] = [];
  while (reader.kind === tokenKinds.string) {
    const part = readLiteral(reader.word, reader.start, { rules: reader.rules, depth });
    value = value === null || part.value === null ? null : value + part.value;
    isBytes ||= part.isBytes;
    expressions.push(...part.expressions);
    reader.at++;
  }
  return { kind: 'string', value: isBytes ? null : value, isBytes, expressions, start, end: reader.lastEnd };
};

interface Literal {
  readonly value: string | null;
  readonly isBytes: boolean;
  readonly expressions: readonly Expression[];
}

interface Within {
  readonly rules: ExpressionRules;
  readonly depth: number;
}

const readLiteral = (literal: string, start: number, within: Within): Literal => {
  const prefix = /^[a-z]*/i.exec(literal)?.[0].toLowerCase() ?? '';
  const isTriple = /^(?:"""|''')/.test(literal.slice(prefix.length));
  const size = isTriple ? 3 : 1;
  const isClosed =
    literal.length >= prefix.length + 2 * size && literal.endsWith(literal.slice(prefix.length, prefix.length + size));
  const from = prefix.length + size;
  const inner = literal.slice(from, isClosed ? literal.length - size : literal.length);
  const plain = (text: string): string => (prefix.includes('r') ? text : unescapeString(text));
  if (prefix.includes('b')) return { value: null, isBytes: true, expressions: [] };
  if (!/[ft]/.test(prefix)) return { value: isClosed ? plain(inner) : null, isBytes: false, expressions: [] };
  return formatted(inner, start + from, within, plain);
};

/** An f-string: its value, when it has no expressions, and those that it has. */
const formatted = (inner: string, offset: number, within: Within, plain: (text: string) => string): Literal => {
  const expressions: Expression[] = [];
  let value = '';
  let from = 0;
  for (let at = 0; at < inner.length; ) {
    const letter = inner[at];
    if ((letter === '{' || letter === '}') && inner[at + 1] === letter) {
      value += plain(inner.slice(from, at + 1));
      at += 2;
      from = at;
    } else if (letter === '{') {
      const end = fieldEnd(inner, at);
      if (within.depth < deepestExpression)
        expressions.push(expressionIn(inner.slice(at + 1, end), offset + at + 1, within));
      at = end + 1;
      from = at;
    } else at++;
  }
  value += plain(inner.slice(from));
  return { value: expressions.length > 0 ? null : value, isBytes: false, expressions };
};

/** Where the field that opens at `open` has its closing brace. */
const fieldEnd = (inner: string, open: number): number => {
  let nested = 0;
  for (let at = open + 1; at < inner.length; ) {
    const letter = inner[at];
    if (letter === '"' || letter === "'") {
      at = endOfString(inner, at, at);
      continue;
    }
    if (letter === '{' || letter === '(' || letter === '[') nested++;
    if (letter === '}' && nested === 0) return at;
    if (letter === '}' || letter === ')' || letter === ']') nested--;
    at++;
  }
  return inner.length;
};

/** The expression at the head of a field; its conversion and its format are left. */
const expressionIn = (text: string, offset: number, { rules, depth }: Within): Expression =>
  rules.expressions(new TokenReader(text, tokenizeWithin(text), rules, offset), depth + 1);
