import { didYouMean } from '../../../text/nearest.ts';
import { QueryError } from './queryError.ts';
import { fieldNamed, type QueryField, queryFields } from './queryFields.ts';
import type { QueryTree } from './queryTree.ts';
import { readSeconds, readSpan, readTimeSpan, readWhole } from './queryValues.ts';
import { type QueryWord, queryWords } from './queryWords.ts';

type Term = Extract<QueryWord, { readonly kind: 'term' }>;

const mostTerms = 200;
const deepest = 40;

/**
 * Understands `state:FAILURE name:orders.* (runtime:>5s OR wait:>1m) -queue:slow`: all terms that stand side by side must
 * hold. `now` is what ages are counted from. Throws a `QueryError` that names the place.
 */
export const readQuery = (text: string, now: number): QueryTree => {
  try {
    const words = queryWords(text);
    if (words.filter(({ kind }) => kind === 'term').length > mostTerms)
      throw new QueryError(`A query has at most ${mostTerms} terms.`, words.at(-1)?.at ?? 0);
    return new Reader(words, text.length, now).whole();
  } catch (error) {
    if (error instanceof QueryError) error.query = text;
    throw error;
  }
};

class Reader {
  private readonly words: readonly QueryWord[];
  private readonly end: number;
  private readonly now: number;
  private at = 0;

  constructor(words: readonly QueryWord[], end: number, now: number) {
    this.words = words;
    this.end = end;
    this.now = now;
  }

  whole(): QueryTree {
    if (this.words.length === 0) return { kind: 'all', parts: [] };
    const tree = this.either(0);
    const rest = this.words[this.at];
    if (rest) throw new QueryError('This parenthesis has no opening counterpart.', rest.at);
    return tree;
  }

  private either(depth: number): QueryTree {
    const parts = [this.both(depth)];
    while (this.takes('or')) parts.push(this.both(depth));
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'any', parts };
  }

  private both(depth: number): QueryTree {
    const parts = [this.one(depth)];
    for (
      let next = this.words[this.at];
      next && next.kind !== 'or' && next.kind !== 'close';
      next = this.words[this.at]
    ) {
      this.takes('and');
      parts.push(this.one(depth));
    }
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'all', parts };
  }

  private one(depth: number): QueryTree {
    const word = this.words[this.at];
    if (!word) throw new QueryError(`Expected a term such as state:FAILURE here${this.afterWhat()}.`, this.end);
    if (depth > deepest) throw new QueryError(`Parentheses nest at most ${deepest} deep.`, word.at);
    this.at++;
    if (word.kind === 'minus' || word.kind === 'not') return { kind: 'not', part: this.one(depth + 1) };
    if (word.kind === 'open') return this.group(word, depth);
    if (word.kind === 'term') return readTerm(word, this.now);
    throw new QueryError(
      `Expected a term such as state:FAILURE here${this.afterWhat(-1)}.`,
      word.at,
      word.end - word.at,
    );
  }

  private group(open: QueryWord, depth: number): QueryTree {
    const tree = this.either(depth + 1);
    if (this.takes('close')) return tree;
    throw new QueryError('This parenthesis is not closed.', open.at);
  }

  private takes(kind: QueryWord['kind']): boolean {
    if (this.words[this.at]?.kind !== kind) return false;
    this.at++;
    return true;
  }

  private afterWhat(offset = 0): string {
    const before = this.words[this.at - 1 + offset];
    const names: Partial<Record<QueryWord['kind'], string>> = {
      or: 'OR',
      and: 'AND',
      not: 'NOT',
      minus: '-',
      open: '(',
    };
    const name = before && names[before.kind];
    return name === undefined ? '' : `, after ${name}`;
  }
}

const readTerm = (term: Term, now: number): QueryTree => {
  if (term.field === null) return { kind: 'word', text: filled(term) };
  const field = fieldNamed(term.field);
  if (field) return readField(term, field, now);
  const names = Object.keys(queryFields);
  const hint = didYouMean(term.field, names) || ` Fields: ${names.join(', ')}.`;
  const quote = hint.startsWith(' Did') ? '' : ` To search for the text itself, put it in quotes.`;
  throw new QueryError(`Unknown field "${term.field}".${hint}${quote}`, term.at, term.field.length);
};

const readField = (term: Term, field: QueryField, now: number): QueryTree => {
  const value = filled(term);
  const typed = { value, at: term.valueAt };
  switch (field.kind) {
    case 'state':
      return { kind: 'state', patterns: listed(term).map(stateNamed) };
    case 'label':
      return { kind: 'label', column: field.column, patterns: listed(term) };
    case 'id':
      return { kind: 'id', pattern: value };
    case 'word':
      return { kind: 'word', text: value };
    case 'text':
      return { kind: 'text', columns: [field.column], texts: field.column === 'kwargs' ? keywords(term) : [value] };
    case 'duration':
      return {
        kind: 'number',
        column: field.column,
        span: readSpan(typed, readSeconds, 'a duration such as >5s'),
      };
    case 'count':
      return { kind: 'number', column: field.column, span: readSpan(typed, readWhole, 'a number such as >2') };
    case 'time':
      return { kind: 'time', column: field.column, span: readTimeSpan(typed, now) };
    default:
      return field satisfies never;
  }
};

const filled = ({ field, value, at, end }: Term): string => {
  if (value !== '') return value;
  throw new QueryError(
    field === null ? 'These quotes are empty.' : `Expected a value after "${field}:".`,
    at,
    end - at,
  );
};

/** `a,b` is either of them. */
const listed = (term: Term): readonly string[] => {
  const value = filled(term);
  const values = term.isQuoted ? [value] : value.split(',').filter((each) => each !== '');
  if (values.length > 0) return values;
  throw new QueryError(`Expected a value after "${term.field}:".`, term.at, term.end - term.at);
};

/** What people call Celery's states. */
const statesByOtherName: Readonly<Record<string, string>> = {
  RUNNING: 'STARTED',
  ACTIVE: 'STARTED',
  FAILED: 'FAILURE',
  ERROR: 'FAILURE',
  SUCCEEDED: 'SUCCESS',
  DONE: 'SUCCESS',
  RETRYING: 'RETRY',
};

const stateNamed = (word: string): string => {
  const state = word.toUpperCase();
  return Object.hasOwn(statesByOtherName, state) ? (statesByOtherName[state] ?? state) : state;
};

const keyword = /^([A-Za-z_]\w{0,99})=([^=]+)$/;

/** Flower's `kwargs:customer=42`: as Python or JSON writes this argument. */
const keywords = (term: Term): readonly string[] => {
  const value = filled(term);
  const [, name, wanted = ''] = term.isQuoted ? [] : (keyword.exec(value) ?? []);
  if (name === undefined) return [value];
  const values = /^["']/.test(wanted) ? [wanted] : [wanted, `'${wanted}'`, `"${wanted}"`];
  const written = [`'${name}': `, `"${name}": `].flatMap((start) => values.map((each) => start + each));
  return written.flatMap((each) => [`${each},`, `${each}}`]);
};
