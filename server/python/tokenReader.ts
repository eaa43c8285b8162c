import type { Expression } from './syntax.ts';
import { type Tokens, tokenKinds } from './tokens.ts';

/** How expressions are read. The parts of an expression hold others, so whoever reads a part is given the whole. */
export interface ExpressionRules {
  readonly expression: (reader: TokenReader, depth: number) => Expression;
  readonly expressions: (reader: TokenReader, depth: number) => Expression;
  readonly comprehension: (
    reader: TokenReader,
    elements: readonly Expression[],
    start: number,
    depth: number,
  ) => Expression;
}

/** Goes through the tokens of a text, one after the other. */
export class TokenReader {
  readonly text: string;
  readonly rules: ExpressionRules;
  at = 0;
  private readonly tokens: Tokens;
  private readonly offset: number;

  /** `offset`: where the text begins in the file that the positions are told in. */
  constructor(text: string, tokens: Tokens, rules: ExpressionRules, offset = 0) {
    this.text = text;
    this.rules = rules;
    this.tokens = tokens;
    this.offset = offset;
  }

  get kind(): number {
    return this.tokens.kinds[this.at] ?? tokenKinds.end;
  }

  get start(): number {
    return (this.tokens.starts[this.at] ?? this.text.length) + this.offset;
  }

  /** Where the token before the present one ends. */
  get lastEnd(): number {
    return (this.tokens.ends[this.at - 1] ?? 0) + this.offset;
  }

  get word(): string {
    return this.text.slice(this.tokens.starts[this.at], this.tokens.ends[this.at]);
  }

  /** Whether the present token is this operator or keyword. */
  is(word: string): boolean {
    const start = this.tokens.starts[this.at] ?? 0;
    const end = this.tokens.ends[this.at] ?? 0;
    if (end - start !== word.length || !this.text.startsWith(word, start)) return false;
    return this.kind === tokenKinds.operator || this.kind === tokenKinds.name;
  }

  isAhead(word: string, steps: number): boolean {
    this.at += steps;
    const found = this.is(word);
    this.at -= steps;
    return found;
  }

  /** Takes the present token if it is this one. */
  take(word: string): boolean {
    if (!this.is(word)) return false;
    this.at++;
    return true;
  }

  takeKind(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.at++;
    return true;
  }

  /** To the end of the line and past it; brackets that are open count as its own. */
  skipLine(): void {
    while (this.kind !== tokenKinds.newline && this.kind !== tokenKinds.end) {
      if (this.kind === tokenKinds.indent || this.kind === tokenKinds.dedent) return;
      this.at++;
    }
    this.takeKind(tokenKinds.newline);
  }
}
