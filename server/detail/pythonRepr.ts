import type { ValueItem, ValueNode } from '../api/taskDetail.ts';

const nodeLimit = 5_000;
const depthLimit = 40;

export interface ReadRepr {
  readonly tree: ValueNode;
  /** It ends before its last bracket or quote, or names what was left out by `...`. */
  readonly isCut: boolean;
}

/**
 * Reads the repr of a Python value as far as it can be read: what is no literal stays as it is written, and what was cut
 * off ends where the text ends. Null when it is not one value.
 */
export const readPythonRepr = (text: string): ReadRepr | null => {
  const reader = new ReprReader(text);
  const tree = reader.value(0);
  reader.skipSpace();
  return reader.hasGivenUp || !reader.isAtEnd ? null : { tree, isCut: reader.isCut };
};

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const string = /(?:[bBrRuUfF]{0,2})(?='|")/y;
const number = /[-+]?(?:\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+|inf|nan|0x[\da-fA-F]+)j?(?=[\s,)\]}:]|$)/y;
const constant = /(?:None|True|False|null|true|false)(?=[\s,)\]}:]|$)/y;
const callName = /[A-Za-z_][\w.]*(?=\()/y;
const argumentName = /[A-Za-z_]\w*(?==[^=])/y;
const space = /\s*/y;
/** What neither opens, closes nor parts anything. */
const plain = /[^<>()[\]{},:]*/y;

class ReprReader {
  private readonly text: string;
  private at = 0;
  private nodes = 0;
  isCut = false;
  hasGivenUp = false;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  skipSpace(): void {
    this.take(space);
  }

  value(depth: number): ValueNode {
    this.skipSpace();
    if (++this.nodes > nodeLimit || depth > depthLimit) return this.giveUp();
    if (this.isAtEnd) return this.cut('');
    if (this.text.startsWith('...', this.at) || this.text[this.at] === '…') return this.ellipsis();
    const prefix = this.take(string);
    if (prefix !== null) return this.quoted(prefix);
    const digits = this.take(number);
    if (digits !== null) return { kind: 'number', text: digits };
    const word = this.take(constant);
    if (word !== null) return { kind: 'constant', text: word };
    const name = this.take(callName);
    if (name !== null) return { kind: 'call', name, items: this.items(depth).items };
    const open = this.text[this.at] ?? '';
    return open in closers ? this.collection(open, depth) : this.other();
  }

  private collection(open: string, depth: number): ValueNode {
    const { items, hasKeys } = this.items(depth);
    const isDict = open === '{' && (hasKeys || items.length === 0);
    const kind = open === '[' ? 'list' : open === '(' ? 'tuple' : isDict ? 'dict' : 'set';
    return { kind, name: '', items };
  }

  private items(depth: number): { readonly items: readonly ValueItem[]; readonly hasKeys: boolean } {
    const close = closers[this.text[this.at++] ?? ''] ?? '';
    const items: ValueItem[] = [];
    let hasKeys = false;
    for (;;) {
      this.skipSpace();
      if (this.isAtEnd || this.hasGivenUp) {
        this.isCut = true;
        return { items, hasKeys };
      }
      if (this.text[this.at] === close) {
        this.at++;
        return { items, hasKeys };
      }
      if (this.text[this.at] === ',') {
        this.at++;
        continue;
      }
      const before = this.at;
      const item = this.item(depth);
      hasKeys ||= item.key !== null;
      items.push(item);
      // A bracket that closes nothing here: not a repr that we can read.
      if (this.at === before) this.giveUp();
    }
  }

  private item(depth: number): ValueItem {
    const name = this.take(argumentName);
    if (name !== null) {
      this.at++;
      return { key: name, value: this.value(depth + 1) };
    }
    const from = this.at;
    const first = this.value(depth + 1);
    const key = this.text.slice(from, this.at);
    this.skipSpace();
    if (this.text[this.at] !== ':') return { key: null, value: first };
    this.at++;
    return { key: key.trim(), value: this.value(depth + 1) };
  }

  private quoted(prefix: string): ValueNode {
    const from = this.at - prefix.length;
    const quote = this.text[this.at++] ?? '';
    for (; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === '\\') this.at++;
      else if (this.text[this.at] === quote) {
        this.at++;
        const text = this.text.slice(from, this.at);
        if (/(?:\.\.\.|…).$/.test(text)) this.isCut = true;
        return { kind: 'text', text };
      }
    }
    this.at = this.text.length;
    return this.cut(this.text.slice(from));
  }

  /** `<Order 4711>`, an Enum's member, a name: up to the next comma or closing bracket that is not its own. */
  private other(): ValueNode {
    const from = this.at;
    let angles = 0;
    let brackets = 0;
    for (; this.at < this.text.length; this.at++) {
      this.take(plain);
      const char = this.text[this.at] ?? '';
      if (char === '<') angles++;
      else if (char === '>' && angles > 0) angles--;
      else if (angles > 0) continue;
      else if (char in closers) brackets++;
      else if (brackets > 0 && /[)\]}]/.test(char)) brackets--;
      else if (brackets === 0 && /[,:)\]}]/.test(char)) break;
    }
    if (angles > 0 || brackets > 0) return this.cut(this.text.slice(from));
    return { kind: 'other', text: this.text.slice(from, this.at).trim() };
  }

  private ellipsis(): ValueNode {
    this.at += this.text[this.at] === '…' ? 1 : 3;
    return this.cut('…');
  }

  private cut(text: string): ValueNode {
    this.isCut = true;
    return { kind: 'cut', text };
  }

  private giveUp(): ValueNode {
    this.hasGivenUp = true;
    this.at = this.text.length;
    return { kind: 'cut', text: '' };
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at = pattern.lastIndex;
    return match[0];
  }
}
