/** Where something stands in its file, as offsets into the text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Argument extends Span {
  /** The keyword; null for a positional argument and for what is unpacked. */
  readonly name: string | null;
  readonly unpacks: '' | '*' | '**';
  readonly value: Expression;
}

export type ParameterKind = 'positional' | 'regular' | 'rest' | 'keyword' | 'keywords';

export interface Parameter extends Span {
  readonly name: string;
  /** `positional`: before a `/`; `keyword`: behind a `*`; `rest`: `*args`; `keywords`: `**kwargs`. */
  readonly kind: ParameterKind;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

interface Name extends Span {
  readonly kind: 'name';
  readonly id: string;
}

export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  readonly nameStart: number;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

export interface StringLiteral extends Span {
  readonly kind: 'string';
  /** What it stands for; null where that is not told by the text alone. */
  readonly value: string | null;
  readonly isBytes: boolean;
  /** Those within an f-string. */
  readonly expressions: readonly Expression[];
  /** Of an f-string with expressions: its texts and its expressions in their order; null: what its text alone does not tell. */
  readonly parts: readonly (string | Expression | null)[];
}

interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}

interface Constant extends Span {
  readonly kind: 'constant';
  readonly value: true | false | null;
}

interface Sequence extends Span {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}

export interface DictEntry {
  /** Null: `**value`. */
  readonly key: Expression | null;
  readonly value: Expression;
}

interface Dict extends Span {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

export interface Operation extends Span {
  readonly kind: 'operation';
  /** `+`, `and`, `not`, `in`, `await`, `yield`, `:=`, `[]` for a subscript, `?:` for a condition, `*` for what is unpacked. */
  readonly operator: string;
  readonly operands: readonly Expression[];
}

export interface Lambda extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

interface Comprehension extends Span {
  readonly kind: 'comprehension';
  /** What it makes, one expression; for a dict two. */
  readonly elements: readonly Expression[];
  /** In their order: the targets, what is gone through, the conditions. */
  readonly clauses: readonly { readonly target: Expression | null; readonly value: Expression }[];
}

/** What could not be read, such as code that is being typed. */
export interface Unreadable extends Span {
  readonly kind: 'unreadable';
}

export type Expression =
  | Name
  | Attribute
  | Call
  | StringLiteral
  | NumberLiteral
  | Constant
  | Sequence
  | Dict
  | Operation
  | Lambda
  | Comprehension
  | Unreadable;

export interface FunctionDefinition extends Span {
  readonly kind: 'def';
  readonly name: string;
  readonly nameStart: number;
  readonly isAsync: boolean;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface ClassDefinition extends Span {
  readonly kind: 'class';
  readonly name: string;
  readonly nameStart: number;
  readonly bases: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface ImportedName extends Span {
  readonly name: string;
  readonly alias: string | null;
}

export interface Import extends Span {
  readonly kind: 'import';
  /** Null for `import a, b`; otherwise what stands behind `from`, without its dots. */
  readonly from: string | null;
  /** How many dots stand before it. */
  readonly level: number;
  /** `*` among them is a name, too. */
  readonly names: readonly ImportedName[];
}

export interface Assignment extends Span {
  readonly kind: 'assign';
  /** `a = b = 1` has two; an augmented one has one. */
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  /** `=`, `+=`, …; null where there is an annotation only. */
  readonly operator: string | null;
  readonly value: Expression | null;
}

export interface ExceptHandler extends Span {
  readonly type: Expression | null;
  readonly name: string | null;
  readonly body: readonly Statement[];
}

export type Statement =
  | FunctionDefinition
  | ClassDefinition
  | Import
  | Assignment
  | (Span & { readonly kind: 'expression'; readonly value: Expression })
  | (Span & { readonly kind: 'return'; readonly value: Expression | null })
  | (Span & { readonly kind: 'raise'; readonly value: Expression | null; readonly cause: Expression | null })
  | (Span & {
      readonly kind: 'if' | 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterates: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'with';
      readonly items: readonly { readonly value: Expression; readonly target: Expression | null }[];
      readonly body: readonly Statement[];
    })
  | (Span & {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly ExceptHandler[];
      readonly otherwise: readonly Statement[];
      readonly last: readonly Statement[];
    })
  | (Span & { readonly kind: 'match'; readonly subject: Expression; readonly cases: readonly (readonly Statement[])[] })
  /** `pass`, `break`, `assert`, `del`, `global` …, with the expressions in it. */
  | (Span & { readonly kind: 'other'; readonly word: string; readonly values: readonly Expression[] })
  | (Span & { readonly kind: 'unreadable' });

export type Syntax = Expression | Statement;

export interface Comment extends Span {
  readonly text: string;
}

export interface PythonModule {
  readonly text: string;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** Where something could not be read: the first such place. */
  readonly unreadableAt: number | null;
}
