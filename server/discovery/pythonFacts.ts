import { type Expression, pythonExpression } from '../language/pythonExpression.ts';
import { LineMap } from '../python/lineMap.ts';
import { parsePython } from '../python/parsePython.ts';
import type {
  Assignment,
  Call,
  ClassDefinition,
  FunctionDefinition,
  Import,
  Expression as Node,
} from '../python/syntax.ts';
import { type Ancestors, dottedName, walk } from '../python/walk.ts';

/** A name and what it is given: an assignment, a keyword argument, an entry of a dictionary, a field of a settings class. */
export interface NamedValue {
  readonly name: string;
  readonly value: Expression;
  /** From 1. */
  readonly line: number;
  /** What it is an argument of; null: it can be looked up by its name. */
  readonly argumentOf: string | null;
}

interface ImportedName {
  /** As it is called here. */
  readonly name: string;
  readonly module: string;
}

export interface PythonFacts {
  readonly values: readonly NamedValue[];
  readonly imports: readonly ImportedName[];
}

export const pythonFacts = (text: string): PythonFacts => {
  const reader = new FactReader(text);
  walk(parsePython(text).body, (node, above) => {
    if (node.kind === 'assign') reader.assignment(node, above);
    else if (node.kind === 'call') reader.call(node);
    else if (node.kind === 'dict') for (const { key, value } of node.entries) reader.entry(key, value);
    else if (node.kind === 'def') reader.property(node);
    else if (node.kind === 'import') reader.imports.push(...importsOf(node));
    return undefined;
  });
  // What is assigned comes before what stands in the same line.
  const values = [...reader.assigned, ...reader.others].sort((a, b) => a.line - b.line);
  return { values, imports: reader.imports };
};

class FactReader {
  readonly assigned: NamedValue[] = [];
  readonly others: NamedValue[] = [];
  readonly imports: ImportedName[] = [];
  private readonly text: string;
  private readonly lines: LineMap;

  constructor(text: string) {
    this.text = text;
    this.lines = new LineMap(text);
  }

  assignment({ targets, operator, value: right, start }: Assignment, above: Ancestors): void {
    if (operator !== '=' && operator !== null) return;
    const value = pythonExpression(right);
    const owner = this.settingsClass(above.at(-1), value);
    if (!right && owner === null) return;
    for (const target of targets) {
      const name = targetName(target);
      if (name === null) continue;
      const given = owner === null ? value : fieldValue(owner, name, value);
      this.assigned.push({ name, value: given, line: this.lines.line(start), argumentOf: null });
    }
  }

  call({ callee, args }: Call): void {
    for (const { name, value, start } of args)
      if (name !== null) this.other(name, value, start, dottedName(callee) ?? '');
  }

  entry(key: Node | null, value: Node): void {
    if (key?.kind === 'string' && key.value !== null) this.other(key.value, value, key.start, 'dict');
  }

  /** `def celery_broker_url(self): return f"…"`: as good as a field where it does nothing but return. */
  property({ name, nameStart, parameters, body }: FunctionDefinition): void {
    const [only, ...more] = body.filter((each) => each.kind !== 'expression' || each.value.kind !== 'string');
    if (only?.kind === 'return' && more.length === 0 && parameters.length === 1)
      this.other(name, only.value, nameStart, null);
  }

  private other(name: string, value: Node | null, start: number, argumentOf: string | null): void {
    this.others.push({ name, value: pythonExpression(value), line: this.lines.line(start), argumentOf });
  }

  /**
   * The class around a field that pydantic fills from the environment; null: none. Its prefix, if it says one. A class that
   * is derived from one by another name is known by its `Field(…)`.
   */
  private settingsClass(owner: { readonly kind: string } | undefined, value: Expression): SettingsClass | null {
    if (!isClass(owner) || owner.bases.length === 0) return null;
    const isSettings = owner.bases.some(({ start, end }) => /Settings\b/.test(this.text.slice(start, end)));
    if (!isSettings && !isField(value)) return null;
    return { prefix: /env_prefix\s*=\s*["'](\w*)["']/.exec(this.text.slice(owner.start, owner.end))?.[1] ?? '' };
  }
}

interface SettingsClass {
  readonly prefix: string;
}

const isClass = (node: { readonly kind: string } | undefined): node is ClassDefinition => node?.kind === 'class';

/** `x`, `app.conf.x`, `app.config["x"]`. */
const targetName = (target: Node): string | null => {
  if (target.kind !== 'operation' || target.operator !== '[]') return dottedName(target)?.split('.').at(-1) ?? null;
  const key = target.operands[1];
  return key?.kind === 'string' ? key.value : null;
};

const isField = (value: Expression): value is Extract<Expression, { kind: 'call' }> =>
  value.kind === 'call' && /(?:^|\.)Field$/.test(value.callee);

/** Pydantic asks the environment first: `NAME`, or what `Field(env=…)` and `validation_alias` say. */
const fieldValue = ({ prefix }: SettingsClass, name: string, value: Expression): Expression => {
  const named = isField(value) ? value : null;
  const of = (key: string): Expression | undefined => named?.named.find(([each]) => each === key)?.[1];
  const alias = of('env') ?? of('validation_alias') ?? of('alias');
  const variable = alias?.kind === 'literal' && typeof alias.value === 'string' ? alias.value : `${prefix}${name}`;
  const fallback = named ? (of('default') ?? named.args[0] ?? null) : value;
  if (fallback?.kind === 'environment' || fallback?.kind === 'dict') return fallback;
  return { kind: 'environment', variable: variable.toUpperCase(), fallback };
};

const importsOf = ({ from, level, names }: Import): ImportedName[] =>
  from === null && level === 0
    ? []
    : names
        .filter(({ name }) => name !== '*')
        .map(({ name, alias }) => ({ name: alias ?? name, module: `${'.'.repeat(level)}${from ?? ''}` }));
