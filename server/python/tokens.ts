import { endOfString } from './endOfString.ts';
import type { Comment } from './syntax.ts';

export const tokenKinds = {
  name: 1,
  number: 2,
  string: 3,
  operator: 4,
  newline: 5,
  indent: 6,
  dedent: 7,
  end: 8,
} as const;

/** The tokens of a file side by side, which costs a third of what objects would. */
export interface Tokens {
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly comments: readonly Comment[];
}

const tabStop = 8;
/** Python itself allows 100. */
const deepestIndent = 100;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
const isNamePart = (code: number): boolean => isNameStart(code) || isDigit(code);

const stringPrefix = /^(?:[rbuf]|br|rb|fr|rf|t|tr|rt)$/i;

/** The tokens of Python's grammar, of broken code too: what belongs nowhere is an operator of its own. Linear in the text. */
export const tokenize = (text: string): Tokens => new Tokenizer(text, 0).read();

/** As `tokenize`, for text in the brackets of an f-string, where lines and indentation mean nothing. */
export const tokenizeWithin = (text: string): Tokens => new Tokenizer(text, 1).read();

class Tokenizer {
  private readonly text: string;
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly comments: Comment[] = [];
  private readonly indents: number[] = [0];
  private at = 0;
  /** Open brackets: within them lines go on. */
  private depth: number;

  constructor(text: string, depth: number) {
    this.text = text;
    this.depth = depth;
  }

  read(): Tokens {
    const { text } = this;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
    while (this.at < text.length) {
      if (this.isLineStart() && this.depth === 0 && !this.indentation()) continue;
      this.token();
    }
    if (this.kinds.length > 0 && this.kinds.at(-1) !== tokenKinds.newline) this.push(tokenKinds.newline, this.at);
    while (this.indents.length > 1) {
      this.indents.pop();
      this.push(tokenKinds.dedent, this.at);
    }
    this.push(tokenKinds.end, this.at);
    const { kinds, starts, ends, comments } = this;
    return { kinds, starts, ends, comments };
  }

  private push(kind: number, start: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(this.at);
  }

  private lineStart = true;

  private isLineStart(): boolean {
    const was = this.lineStart;
    this.lineStart = false;
    return was;
  }

  /** False for a line that has nothing but a comment. */
  private indentation(): boolean {
    const { text } = this;
    let column = 0;
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === 32) column++;
      else if (code === 9) column += tabStop - (column % tabStop);
      else if (code === 12) column = 0;
      else break;
    }
    const code = text.charCodeAt(this.at);
    if (this.at >= text.length || code === 10 || code === 13 || code === 35) {
      if (code === 35) this.comment();
      this.lineBreak();
      return false;
    }
    const start = this.at;
    const current = this.indents.at(-1) ?? 0;
    if (column > current && this.indents.length < deepestIndent) {
      this.indents.push(column);
      this.push(tokenKinds.indent, start);
    }
    while (column < (this.indents.at(-1) ?? 0)) {
      this.indents.pop();
      this.push(tokenKinds.dedent, start);
    }
    return true;
  }

  /** Passes over the end of a line, whatever system wrote it. */
  private lineBreak(): void {
    if (this.text.charCodeAt(this.at) === 13) this.at++;
    if (this.text.charCodeAt(this.at) === 10) this.at++;
    this.lineStart = true;
  }

  private comment(): void {
    const start = this.at;
    const { text } = this;
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    if (text.charCodeAt(end - 1) === 13) end--;
    this.comments.push({ start, end, text: text.slice(start, end) });
    this.at = end;
  }

  private token(): void {
    const { text } = this;
    const start = this.at;
    const code = text.charCodeAt(start);
    if (code === 32 || code === 9 || code === 12) this.at++;
    else if (code === 10 || code === 13) this.endLine(start);
    else if (code === 35) this.comment();
    else if (code === 92) this.continuation();
    else if (isNameStart(code)) this.nameOrString(start);
    else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(start + 1)))) this.number(start);
    else if (code === 34 || code === 39) this.string(start, start);
    else this.operator(start, code);
  }

  private endLine(start: number): void {
    if (this.depth > 0) {
      this.lineBreak();
      this.lineStart = false;
      return;
    }
    this.push(tokenKinds.newline, start);
    this.lineBreak();
  }

  private continuation(): void {
    this.at++;
    const code = this.text.charCodeAt(this.at);
    if (code !== 10 && code !== 13) return;
    this.lineBreak();
    this.lineStart = false;
  }

  private nameOrString(start: number): void {
    const { text } = this;
    let end = start + 1;
    while (end < text.length && isNamePart(text.charCodeAt(end))) end++;
    const quote = text.charCodeAt(end);
    if ((quote === 34 || quote === 39) && end - start <= 2 && stringPrefix.test(text.slice(start, end))) {
      this.string(start, end);
      return;
    }
    this.at = end;
    this.push(tokenKinds.name, start);
  }

  private string(start: number, quoteAt: number): void {
    this.at = endOfString(this.text, start, quoteAt);
    this.push(tokenKinds.string, start);
  }

  private number(start: number): void {
    const { text } = this;
    let end = start + 1;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      const before = text.charCodeAt(end - 1) | 32;
      const isSign = (code === 43 || code === 45) && before === 101 && (text.charCodeAt(start + 1) | 32) !== 120;
      if (!isNamePart(code) && code !== 46 && !isSign) break;
    }
    this.at = end;
    this.push(tokenKinds.number, start);
  }

  private operator(start: number, code: number): void {
    if (code === 40 || code === 91 || code === 123) this.depth++;
    if ((code === 41 || code === 93 || code === 125) && this.depth > 0) this.depth--;
    this.at = start + operatorLength(this.text, start, code);
    this.push(tokenKinds.operator, start);
  }
}

const operatorLength = (text: string, at: number, code: number): number => {
  const next = text.charCodeAt(at + 1);
  const third = text.charCodeAt(at + 2);
  const isDoubled = next === code && (code === 42 || code === 47 || code === 60 || code === 62);
  if (isDoubled) return third === 61 ? 3 : 2;
  if (code === 46) return next === 46 && third === 46 ? 3 : 1;
  if (code === 45 && next === 62) return 2;
  // = ! < > + - * / % & | ^ @ : before an equals sign are one with it.
  return next === 61 && '=!<>+-*/%&|^@:'.includes(text[at] ?? '') ? 2 : 1;
};
