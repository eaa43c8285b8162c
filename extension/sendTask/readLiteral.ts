import { t } from '@vscode/l10n';

/** What a text holds, as JSON: numbers stay as they are written, so that 1.0 arrives as a float. */
export interface Literal {
  readonly kind: 'array' | 'object' | 'other';
  readonly json: string;
  /** The members of an object, in their order. */
  readonly members: ReadonlyMap<string, Literal>;
  /** Those of an array, in their order. */
  readonly items: readonly Literal[];
}

/** The first character that cannot be where it is, and why. */
export interface Defect {
  readonly at: number;
  readonly what: string;
}

export type ReadLiteral = { readonly value: Literal } | { readonly defect: Defect };

/**
 * Reads JSON, with comments, and what Python developers type instead: single quotes, tuples, `True`, `False`, `None`,
 * `1_000`. At the top, brackets can be left out: `1, "a"` is an array, `to="anna", retries=3` an object.
 */
export const readLiteral = (text: string, bare: 'array' | 'object' | null = null): ReadLiteral => {
  const reader = new LiteralReader(text);
  try {
    return { value: reader.whole(bare) };
  } catch (error) {
    if (error instanceof Stop) return { defect: error.defect };
    throw error;
  }
};

const deepest = 64;
const none: ReadonlyMap<string, Literal> = new Map();

const blanks = /(?:[ \t\n\r]|\/\/[^\n]*|#[^\n]*)*/y;
const numbers = /[-+]?(?:(?:0|[1-9]\d*(?:_\d+)*)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/y;
const doubleQuoted = /"(?:[^"\\\n]|\\[\s\S])*"/y;
const singleQuoted = /'(?:[^'\\\n]|\\[\s\S])*'/y;
const words = /[A-Za-z_]\w*/y;
const assigned = /[A-Za-z_]\w*(?=[ \t]*=(?!=))/y;
const constants: Readonly<Record<string, string>> = {
  true: 'true',
  True: 'true',
  false: 'false',
  False: 'false',
  null: 'null',
  None: 'null',
};

class Stop extends Error {
  readonly defect: Defect;

  constructor(defect: Defect) {
    super(defect.what);
    this.defect = defect;
  }
}

class LiteralReader {
  private readonly source: string;
  private at = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
  }

  whole(bare: 'array' | 'object' | null): Literal {
    this.skipBlanks();
    const value = bare === 'object' && this.looksAssigned() ? this.assignments() : this.value(true);
    this.skipBlanks();
    if (bare === 'array' && this.source[this.at] === ',') return this.bareList(value);
    if (this.at < this.source.length) this.stop(t('Unexpected text'));
    return value;
  }

  private value(isTop = false): Literal {
    this.skipBlanks();
    const next = this.source[this.at];
    if (next === undefined) this.stop(t('A value is missing'));
    if (next === '[' || next === '{' || next === '(') return this.nested(next, isTop);
    if (next === '"' || next === "'") return other(JSON.stringify(this.text(next)));
    const number = this.take(numbers);
    if (number !== null) return other(jsonNumber(number));
    return other(this.word());
  }

  private nested(open: '[' | '{' | '(', isTop: boolean): Literal {
    if (this.depth === deepest) this.stop(t('Too many nested brackets'));
    this.depth += 1;
    this.at += 1;
    const value = open === '{' ? this.object() : this.list(open === '[' ? ']' : ')', isTop);
    this.depth -= 1;
    return value;
  }

  /** Python needs the comma in `(1,)`; in JSON the same comma is a slip. `(1)` inside is no tuple. */
  private list(close: ']' | ')', isTop: boolean): Literal {
    const items: Literal[] = [];
    let commas = 0;
    for (;;) {
      this.skipBlanks();
      if (this.skip(close)) break;
      items.push(this.value());
      this.skipBlanks();
      if (this.skip(close)) break;
      this.comma(close);
      commas += 1;
    }
    const [only] = items;
    return close === ')' && !isTop && commas === 0 && only ? only : arrayOf(items);
  }

  private object(): Literal {
    const members = new Map<string, Literal>();
    for (;;) {
      this.skipBlanks();
      if (this.skip('}')) break;
      const quote = this.source[this.at];
      if (quote !== '"' && quote !== "'") this.stop(t('A name in quotes is missing'));
      const name = this.text(quote);
      this.skipBlanks();
      if (!this.skip(':')) this.stop(t('A colon is missing'));
      members.set(name, this.value());
      this.skipBlanks();
      if (this.skip('}')) break;
      this.comma('}');
    }
    return objectOf(members);
  }

  private comma(close: string): void {
    const at = this.at;
    if (!this.skip(',')) this.stop(t('A comma or {0} is missing', close));
    this.skipBlanks();
    if (close !== ')' && this.source[this.at] === close) throw new Stop({ at, what: t('Trailing comma') });
  }

  private looksAssigned(): boolean {
    assigned.lastIndex = this.at;
    return assigned.test(this.source);
  }

  private assignments(): Literal {
    const members = new Map<string, Literal>();
    for (;;) {
      this.skipBlanks();
      if (this.at === this.source.length) break;
      const name = this.take(assigned);
      if (name === null) this.stop(t('A name is missing'));
      this.skipBlanks();
      this.at += 1;
      members.set(name, this.value());
      this.skipBlanks();
      if (!this.skip(',')) break;
    }
    return objectOf(members);
  }

  private bareList(first: Literal): Literal {
    const items = [first];
    while (this.skip(',')) {
      this.skipBlanks();
      if (this.at === this.source.length) break;
      items.push(this.value());
      this.skipBlanks();
    }
    if (this.at < this.source.length) this.stop(t('A comma is missing'));
    return arrayOf(items);
  }

  private text(quote: string): string {
    const literal = this.take(quote === '"' ? doubleQuoted : singleQuoted);
    if (literal === null) this.stop(t('This string has no end'));
    return unescaped(literal.slice(1, -1));
  }

  private word(): string {
    const at = this.at;
    const word = this.take(words);
    if (word === null) this.stop(t('Unexpected {0}', this.source.slice(at, at + 1)));
    const constant = Object.hasOwn(constants, word) ? constants[word] : undefined;
    if (constant !== undefined) return constant;
    const next = this.source[this.at];
    const what =
      next === '"' || next === "'" ? t('JSON has no such string: {0}{1}…{1}', word, next) : t('Unknown word {0}', word);
    throw new Stop({ at, what });
  }

  private skipBlanks(): void {
    this.take(blanks);
    while (this.source.startsWith('/*', this.at)) {
      const end = this.source.indexOf('*/', this.at + 2);
      if (end < 0) this.stop(t('This comment has no end'));
      this.at = end + 2;
      this.take(blanks);
    }
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (!found) return null;
    this.at += found[0].length;
    return found[0];
  }

  private skip(character: string): boolean {
    if (this.source[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private stop(what: string): never {
    throw new Stop({ at: this.at, what });
  }
}

const other = (json: string): Literal => ({ kind: 'other', json, members: none, items: [] });
const arrayOf = (items: readonly Literal[]): Literal => ({
  kind: 'array',
  json: `[${items.map(({ json }) => json).join(', ')}]`,
  members: none,
  items,
});
const objectOf = (members: ReadonlyMap<string, Literal>): Literal => ({
  kind: 'object',
  json: `{${[...members].map(([name, { json }]) => `${JSON.stringify(name)}: ${json}`).join(', ')}}`,
  members,
  items: [],
});

/** Python also writes `1.`, `.5`, `+1` and `1_000`. */
const jsonNumber = (text: string): string =>
  text
    .replace(/^\+/, '')
    .replaceAll('_', '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '.0');

const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g, (_, four?: string, two?: string, one = '') => {
    const code = four ?? two;
    return code === undefined ? (simple[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16));
  });
