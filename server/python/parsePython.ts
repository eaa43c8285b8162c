import { beginsExpression } from './expressionParts.ts';
import {
  type Blocks,
  conditional,
  deepestBlock,
  forStatement,
  matchStatement,
  tryStatement,
  withStatement,
} from './parseCompound.ts';
import { expressionRules, parseArguments, parseExpression, parseExpressions } from './parseExpression.ts';
import { parseImport } from './parseImport.ts';
import { parseParameters } from './parseParameters.ts';
import type { Argument, Expression, PythonModule, Statement } from './syntax.ts';
import { TokenReader } from './tokenReader.ts';
import { tokenize, tokenKinds } from './tokens.ts';

/**
 * Reads a file of Python without running it. What cannot be read, such as code that is being typed, costs its own line
 * only; the time it takes grows with the length of the text.
 */
export const parsePython = (text: string): PythonModule => {
  const tokens = tokenize(text);
  const parser = new StatementParser(new TokenReader(text, tokens, expressionRules));
  const body = parser.statements(0);
  return { text, body, comments: tokens.comments, unreadableAt: parser.unreadableAt };
};

const closers = new Set(['elif', 'else', 'except', 'finally']);
const assigning = new Set(['=', '+=', '-=', '*=', '/=', '//=', '%=', '@=', '&=', '|=', '^=', '>>=', '<<=', '**=']);
const plainWords = new Set([
  'pass',
  'break',
  'continue',
  'assert',
  'del',
  'global',
  'nonlocal',
  'print',
  'exec',
  'type',
]);

class StatementParser implements Blocks {
  unreadableAt: number | null = null;
  readonly reader: TokenReader;

  constructor(reader: TokenReader) {
    this.reader = reader;
  }

  /** Up to the end of the block. */
  statements(depth: number): Statement[] {
    const { reader } = this;
    const found: Statement[] = [];
    while (reader.kind !== tokenKinds.end && reader.kind !== tokenKinds.dedent) {
      const before = reader.at;
      if (reader.takeKind(tokenKinds.newline) || reader.takeKind(tokenKinds.indent) || reader.take(';')) continue;
      found.push(this.statement(depth));
      if (reader.at === before) found.push(this.unreadableLine());
    }
    return found;
  }

  unreadableLine(): Statement {
    const { reader } = this;
    const { start } = reader;
    this.unreadableAt ??= start;
    const before = reader.at;
    reader.skipLine();
    if (reader.at === before) reader.at++;
    return { kind: 'unreadable', start, end: reader.lastEnd };
  }

  private statement(depth: number): Statement {
    const { reader } = this;
    if (reader.is('@')) return this.decorated(depth);
    if (reader.kind === tokenKinds.name) {
      const found = this.worded(depth);
      if (found) return found;
    }
    return this.simple();
  }

  private decorated(depth: number): Statement {
    const { reader } = this;
    const { start } = reader;
    const decorators: Expression[] = [];
    while (reader.take('@')) {
      decorators.push(parseExpression(reader));
      if (!reader.takeKind(tokenKinds.newline)) reader.skipLine();
    }
    return this.definition(depth, decorators, start) ?? this.unreadableLine();
  }

  private definition(depth: number, decorators: readonly Expression[], start: number): Statement | null {
    const { reader } = this;
    const isAsync = reader.is('async') && reader.isAhead('def', 1);
    if (isAsync) reader.at++;
    if (reader.is('def')) return this.functionDefinition(depth, decorators, start, isAsync);
    if (!reader.is('class')) return null;
    reader.at++;
    const { word: name, start: nameStart } = reader;
    if (!reader.takeKind(tokenKinds.name)) return null;
    this.typeParameters();
    const bases: readonly Argument[] = reader.is('(') ? parseArguments(reader) : [];
    const body = this.block(depth);
    return { kind: 'class', name, nameStart, bases, decorators, body, start, end: reader.lastEnd };
  }

  private functionDefinition(
    depth: number,
    decorators: readonly Expression[],
    start: number,
    isAsync: boolean,
  ): Statement | null {
    const { reader } = this;
    reader.at++;
    const { word: name, start: nameStart } = reader;
    if (!reader.takeKind(tokenKinds.name)) return null;
    this.typeParameters();
    if (!reader.take('(')) return null;
    const parameters = parseParameters(reader, ')');
    reader.take(')');
    const returns = reader.take('->') ? parseExpression(reader) : null;
    const body = this.block(depth);
    return { kind: 'def', name, nameStart, isAsync, parameters, returns, decorators, body, start, end: reader.lastEnd };
  }

  /** `def first[T](…)` */
  private typeParameters(): void {
    const { reader } = this;
    if (!reader.is('[')) return;
    while (!reader.is(']') && reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end) reader.at++;
    reader.take(']');
  }

  /** A colon, and what stands behind it or is indented below it. */
  block(depth: number): readonly Statement[] {
    const { reader } = this;
    if (!reader.take(':')) {
      this.unreadableAt ??= reader.start;
      reader.skipLine();
    } else if (!reader.takeKind(tokenKinds.newline)) return this.statementsOnLine(depth);
    if (!reader.takeKind(tokenKinds.indent)) return [];
    if (depth >= deepestBlock) return this.skipBlock();
    const body = this.statements(depth + 1);
    reader.takeKind(tokenKinds.dedent);
    return body;
  }

  private statementsOnLine(depth: number): readonly Statement[] {
    const { reader } = this;
    const found: Statement[] = [];
    while (reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end) {
      const before = reader.at;
      if (!reader.take(';')) found.push(depth < deepestBlock ? this.statement(depth + 1) : this.unreadableLine());
      if (reader.at === before) found.push(this.unreadableLine());
      // A statement with a block of its own has taken the line's end.
      if (this.hasEndedLine()) return found;
    }
    reader.takeKind(tokenKinds.newline);
    return found;
  }

  private hasEndedLine(): boolean {
    const { reader } = this;
    reader.at--;
    const ended = reader.kind === tokenKinds.newline || reader.kind === tokenKinds.dedent;
    reader.at++;
    return ended;
  }

  private skipBlock(): readonly Statement[] {
    const { reader } = this;
    const { start } = reader;
    this.unreadableAt ??= start;
    for (let open = 1; open > 0 && reader.kind !== tokenKinds.end; reader.at++) {
      if (reader.kind === tokenKinds.indent) open++;
      if (reader.kind === tokenKinds.dedent) open--;
    }
    return [{ kind: 'unreadable', start, end: reader.lastEnd }];
  }

  /** A statement that begins with a keyword; null for one that does not. */
  private worded(depth: number): Statement | null {
    const { reader } = this;
    const { start, word } = reader;
    switch (word) {
      case 'def':
      case 'class':
        return this.definition(depth, [], start);
      case 'async':
        if (reader.isAhead('def', 1)) return this.definition(depth, [], start);
        if (!reader.isAhead('with', 1) && !reader.isAhead('for', 1)) return null;
        reader.at++;
        return reader.is('with') ? withStatement(this, depth, start) : forStatement(this, depth, start);
      case 'import':
      case 'from':
        return parseImport(reader);
      case 'if':
      case 'while':
        return conditional(this, depth, word, start);
      case 'for':
        return forStatement(this, depth, start);
      case 'with':
        return withStatement(this, depth, start);
      case 'try':
        return tryStatement(this, depth, start);
      case 'match':
        return matchStatement(this, depth, start);
      case 'return':
      case 'raise':
        return this.leaving(word, start);
      default:
        return plainWords.has(word) ? this.plain(word, start) : null;
    }
  }

  private leaving(word: 'return' | 'raise', start: number): Statement {
    const { reader } = this;
    reader.at++;
    const value = beginsExpression(reader) ? parseExpressions(reader) : null;
    if (word === 'return') return { kind: 'return', value, start, end: reader.lastEnd };
    const cause = reader.take('from') ? parseExpression(reader) : null;
    if (reader.is(',')) this.skipSimple();
    return { kind: 'raise', value, cause, start, end: reader.lastEnd };
  }

  private plain(word: string, start: number): Statement | null {
    const { reader } = this;
    const isName = ['.', '(', '=', ':', ',', '['].some((next) => reader.isAhead(next, 1));
    if (isName && (word === 'print' || word === 'exec' || word === 'type')) return null;
    reader.at++;
    const values: Expression[] = [];
    while (beginsExpression(reader)) {
      values.push(parseExpression(reader));
      if (!reader.take(',')) break;
    }
    this.skipSimple();
    return { kind: 'other', word, values, start, end: reader.lastEnd };
  }

  /** What is left of a simple statement, such as Python 2 may have it. */
  private skipSimple(): void {
    const { reader } = this;
    while (reader.kind !== tokenKinds.newline && reader.kind !== tokenKinds.end && !reader.is(';')) reader.at++;
  }

  /** An assignment, or an expression of its own. */
  private simple(): Statement {
    const { reader } = this;
    const { start } = reader;
    if (!beginsExpression(reader) || closers.has(reader.word)) return this.unreadableLine();
    const first = parseExpressions(reader);
    const annotation = reader.take(':') ? parseExpression(reader) : null;
    const targets = [first];
    let value: Expression | null = null;
    let operator: string | null = null;
    while (reader.kind === tokenKinds.operator && assigning.has(reader.word)) {
      if (value) targets.push(value);
      operator = reader.word;
      reader.at++;
      value = parseExpressions(reader);
    }
    const end = reader.lastEnd;
    const isDone = reader.kind === tokenKinds.newline || reader.kind === tokenKinds.end || reader.is(';');
    if (!isDone) {
      this.unreadableAt ??= reader.start;
      this.skipSimple();
    }
    if (value === null && annotation === null) return { kind: 'expression', value: first, start, end };
    return { kind: 'assign', targets, annotation, operator, value, start, end };
  }
}
