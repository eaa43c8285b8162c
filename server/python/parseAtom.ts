import { beginsExpression, unreadable } from './expressionParts.ts';
import { parseString } from './parseString.ts';
import type { DictEntry, Expression } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';
import { tokenKinds } from './tokens.ts';

const constants: Readonly<Record<string, true | false | null>> = { True: true, False: false, None: null };

export const parseAtom = (reader: TokenReader, depth: number): Expression => {
  const { start, kind } = reader;
  if (kind === tokenKinds.string) return parseString(reader, depth);
  if (kind === tokenKinds.number) {
    const value = Number(reader.word.replaceAll('_', ''));
    reader.at++;
    return { kind: 'number', value, start, end: reader.lastEnd };
  }
  if (kind === tokenKinds.name && beginsExpression(reader)) {
    const id = reader.word;
    reader.at++;
    const constant = Object.hasOwn(constants, id) ? constants[id] : undefined;
    if (constant !== undefined) return { kind: 'constant', value: constant, start, end: reader.lastEnd };
    return { kind: 'name', id, start, end: reader.lastEnd };
  }
  if (reader.is('(')) return parseParentheses(reader, depth);
  if (reader.is('[')) return parseListing(reader, depth);
  if (reader.is('{')) return parseBraces(reader, depth);
  if (reader.take('...')) return { kind: 'constant', value: null, start, end: reader.lastEnd };
  return unreadable(reader, start);
};

const parseParentheses = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  reader.at++;
  if (reader.take(')')) return { kind: 'tuple', items: [], start, end: reader.lastEnd };
  const inner = reader.rules.expressions(reader, depth);
  const value =
    reader.is('for') || reader.is('async') ? reader.rules.comprehension(reader, [inner], start, depth) : inner;
  reader.take(')');
  const isWhole = value.kind === 'tuple' || value.kind === 'comprehension';
  return isWhole ? { ...value, start, end: reader.lastEnd } : value;
};

const parseListing = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  reader.at++;
  const items = parseItems(reader, depth);
  const [only] = items;
  if (only && (reader.is('for') || reader.is('async'))) {
    const made = reader.rules.comprehension(reader, [only], start, depth);
    reader.take(']');
    return { ...made, start, end: reader.lastEnd };
  }
  reader.take(']');
  return { kind: 'list', items, start, end: reader.lastEnd };
};

const parseItems = (reader: TokenReader, depth: number): Expression[] => {
  const items: Expression[] = [];
  while (beginsExpression(reader)) {
    items.push(reader.rules.expression(reader, depth));
    if (!reader.take(',')) break;
  }
  return items;
};

const parseBraces = (reader: TokenReader, depth: number): Expression => {
  const start = reader.start;
  reader.at++;
  const entries: DictEntry[] = [];
  const items: Expression[] = [];
  while (beginsExpression(reader)) {
    const isSpread = reader.take('**');
    const key = reader.rules.expression(reader, depth);
    if (isSpread) entries.push({ key: null, value: key });
    else if (reader.take(':')) entries.push({ key, value: reader.rules.expression(reader, depth) });
    else items.push(key);
    if (reader.is('for') || reader.is('async')) {
      const [entry] = entries;
      const elements = entry?.key ? [entry.key, entry.value] : items;
      const made = reader.rules.comprehension(reader, elements, start, depth);
      reader.take('}');
      return { ...made, start, end: reader.lastEnd };
    }
    if (!reader.take(',')) break;
  }
  reader.take('}');
  if (items.length > 0) return { kind: 'set', items, start, end: reader.lastEnd };
  return { kind: 'dict', entries, start, end: reader.lastEnd };
};
