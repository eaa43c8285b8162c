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
  const parts: StringPart[] = [];
  while (reader.kind === tokenKinds.string) {
    const part = readLiteral(reader.word, reader.start, { rules: reader.rules, depth });
    value = value === null || part.value === null ? null : value + part.value;
    isBytes ||= part.isBytes;
    expressions.push(...part.expressions);
    parts.push(...part.parts);
    reader.at++;
  }
  const span = { start, end: reader.lastEnd };
  if (isBytes) return { kind: 'string', value: null, isBytes, expressions, parts: none, ...span };
  return { kind: 'string', value, isBytes, expressions, parts: value === null ? parts : none, ...span };
};

type StringPart = StringLiteral['parts'][number];

/** Shared: most strings are whole. */
const none: readonly never[] = [];

interface Literal {
  readonly value: string | null;
  readonly isBytes: boolean;
  readonly expressions: readonly Expression[];
  readonly parts: readonly StringPart[];
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
  if (prefix.includes('b')) return { value: null, isBytes: true, expressions: none, parts: none };
  if (!/[ft]/.test(prefix)) {
    const value = isClosed ? plain(inner) : null;
    return { value, isBytes: false, expressions: none, parts: [value] };
  }
  return formatted(inner, start + from, within, plain);
};

/** An f-string: its value, when it has no expressions, and those that it has. */
const formatted = (inner: string, offset: number, within: Within, plain: (text: string) => string): Literal => {
  const expressions: Expression[] = [];
  const parts: StringPart[] = [];
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
      value += plain(inner.slice(from, at));
      const field =
        within.depth < deepestExpression ? fieldIn(inner.slice(at + 1, end), offset + at + 1, within) : null;
      if (field) expressions.push(field.expression);
      parts.push(value, field?.hasFormat === false ? field.expression : null);
      value = '';
      at = end + 1;
      from = at;
    } else at++;
  }
  value += plain(inner.slice(from));
  parts.push(value);
  return { value: parts.length > 1 ? null : value, isBytes: false, expressions, parts };
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

/** The expression at the head of a field, and whether a format follows it. */
const fieldIn = (text: string, offset: number, { rules, depth }: Within) => {
  const reader = new TokenReader(text, tokenizeWithin(text), rules, offset);
  const expression = rules.expressions(reader, depth + 1);
  return { expression, hasFormat: reader.is(':') };
};
