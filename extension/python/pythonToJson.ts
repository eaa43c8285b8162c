/** What a Python repr reads as in JSON. */
export interface Converted {
  /** JSON where `isWhole`. Otherwise a draft that is never valid JSON: what is missing or has no counterpart stands as it is. */
  readonly json: string;
  readonly isWhole: boolean;
}

/**
 * Turns the repr of arguments into JSON, number by number as it is written; a sender that is not Python writes JSON already. Celery cuts reprs (celery/utils/saferepr.py: by
 * length and by depth) and puts three dots there; whatever holds three dots is taken for cut, also inside a text.
 */
export const pythonToJson = (repr: string): Converted => {
  if (repr.length > longestRepr) return { json: `${repr} ${ellipsis}`, isWhole: false };
  const reader = new Reader(repr.trim());
  const json = reader.all();
  if (reader.isWhole) return { json, isWhole: true };
  return { json: isJson(json) ? `${json} ${ellipsis}` : json, isWhole: false };
};

/** Celery cuts at 1,024 characters, unless the worker says otherwise. */
const longestRepr = 65_536;

const deepest = 64;

/** Marks what is missing; no JSON can hold it outside a text. */
const ellipsis = '…';

const spaces = /\s*/y;
const numbers = /-?\d+(?:_\d+)*(?:\.\d*)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const words = /(?:True|False|None|true|false|null)\b/y;
const strings = /[uU]?('(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")/y;
/** Anything else up to the next separator, with what its brackets hold: `datetime.date(2026, 1, 1)`, `<Order 7>`. */
const others = /(?:<[^<>]*>|[^\s,()[\]{}:'"<]+(?:\([^()]*\))?|.)/suy;

const jsonWords: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

class Reader {
  isWhole = true;
  private isUnclosed = false;
  private depth = 0;
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  all(): string {
    const value = this.value();
    this.take(spaces);
    const rest = this.source.slice(this.at);
    if (rest !== '') this.isWhole = false;
    return rest === '' ? value : `${value} ${rest}`;
  }

  private value(): string {
    this.take(spaces);
    const next = this.source[this.at] ?? '';
    if (next === '') return this.missing('');
    if (next === '(' || next === '[' || next === '{') {
      if (this.depth === deepest) return this.missing(this.rest());
      this.depth++;
      const inside = next === '{' ? this.dictionary() : this.list(next);
      this.depth--;
      return inside;
    }
    const text = this.isUnclosed ? null : this.take(strings);
    if (text !== null) return this.text(text);
    // Behind a string that is never closed there is no other: each quote in it would look for its end.
    if (/['"]/.test(next)) this.isUnclosed = true;
    const word = this.take(words);
    if (word !== null) return jsonWords[word] ?? word;
    const number = this.take(numbers);
    if (number !== null) return numberOf(number);
    const other = this.take(others) ?? '';
    return this.missing(other.replace(/^\.\.\.$/, ''));
  }

  private list(open: string): string {
    const items: string[] = [];
    this.members(closers[open] ?? ']', () => items.push(this.value()));
    return `[${items.join(', ')}]`;
  }

  /** A set looks like a dictionary without values; JSON has none. */
  private dictionary(): string {
    const items: string[] = [];
    this.members('}', () => {
      const key = this.value();
      this.take(spaces);
      if (this.source[this.at] !== ':') {
        items.push(this.missing(key));
        return;
      }
      this.at += 1;
      const value = this.value();
      items.push(key.startsWith('"') ? `${key}: ${value}` : this.missing(`${key}: ${value}`));
    });
    return `{${items.join(', ')}}`;
  }

  private members(close: string, member: () => void): void {
    this.at += 1;
    let isApart = true;
    for (;;) {
      this.take(spaces);
      const next = this.source[this.at];
      if (next === undefined) {
        this.isWhole = false;
        return;
      }
      if (next === close) {
        this.at += 1;
        return;
      }
      if (next !== ',') {
        if (!isApart) this.isWhole = false;
        member();
      } else this.at += 1;
      isApart = next === ',';
    }
  }

  private text(literal: string): string {
    const value = unescaped(literal.replace(/^[uU]/, '').slice(1, -1));
    const json = JSON.stringify(value);
    return value.includes('...') ? this.missing(json) : json;
  }

  private missing(shown: string): string {
    this.isWhole = false;
    return shown === '' ? ellipsis : `${shown} ${ellipsis}`;
  }

  private rest(): string {
    const rest = this.source.slice(this.at);
    this.at = this.source.length;
    return rest;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (!found) return null;
    this.at += found[0].length;
    return found[0];
  }
}

/** Python writes `1.` and `1_000`; JSON does not. */
const numberOf = (text: string): string =>
  text
    .replaceAll('_', '')
    .replace(/\.(?=$|[eE])/, '.0')
    .replace(/^(-?)0+(?=\d)/, '$1');

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\n': '',
  b: '\b',
  f: '\f',
  a: '\u0007',
  v: '\v',
  '0': '\0',
};

const unescaped = (text: string): string =>
  text.replaceAll(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])/g, (_, escaped: string) =>
    escaped.length > 1 ? String.fromCodePoint(Number.parseInt(escaped.slice(1), 16)) : (simple[escaped] ?? escaped),
  );

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
