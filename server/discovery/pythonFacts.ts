import { dottedPath, type Expression, pythonExpression } from '../language/pythonExpression.ts';
import type { PythonNode } from '../language/pythonParser.ts';

/** A name and what it is given: an assignment, a keyword argument, an entry of a dictionary, a field of a settings class. */
export interface NamedValue {
  readonly name: string;
  readonly value: Expression;
  /** From 1. */
  readonly line: number;
  /** What it is an argument of; null: it can be looked up by its name. */
  readonly argumentOf: string | null;
}

interface Import {
  /** As it is called here. */
  readonly name: string;
  readonly module: string;
}

export interface PythonFacts {
  readonly values: readonly NamedValue[];
  readonly imports: readonly Import[];
}

export const pythonFacts = (root: PythonNode): PythonFacts => {
  const values = [
    ...nodes(root, 'assignment').flatMap(assignmentOf),
    ...nodes(root, 'keyword_argument').flatMap(argumentOf),
    ...nodes(root, 'pair').flatMap(pairOf),
    ...nodes(root, 'function_definition').flatMap(propertyOf),
  ];
  return {
    values: values.sort((a, b) => a.line - b.line),
    imports: nodes(root, 'import_from_statement').flatMap(importsOf),
  };
};

const nodes = (root: PythonNode, type: string): PythonNode[] =>
  root.descendantsOfType(type).filter((each) => each !== null);

const lineOf = (node: PythonNode): number => node.startPosition.row + 1;

const assignmentOf = (node: PythonNode): NamedValue[] => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const name = targetName(left);
  if (name === null) return [];
  const value = right ? pythonExpression(right) : ({ kind: 'unknown' } as const);
  const owner = settingsClass(node, value);
  if (!right && owner === null) return [];
  return [
    { name, value: owner === null ? value : fieldValue(owner, name, value), line: lineOf(node), argumentOf: null },
  ];
};

/** `x`, `app.conf.x`, `app.config["x"]`. */
const targetName = (left: PythonNode | null): string | null => {
  if (left?.type !== 'subscript') return dottedPath(left)?.at(-1) ?? null;
  const key = pythonExpression(left.childForFieldName('subscript'));
  return key.kind === 'literal' && typeof key.value === 'string' ? key.value : null;
};

/**
 * The class around a field that pydantic fills from the environment; null: none. Its prefix, if it says one. A class that
 * is derived from one by another name is known by its `Field(…)`.
 */
const settingsClass = (node: PythonNode, value: Expression): { readonly prefix: string } | null => {
  const owner = node.parent?.parent?.parent;
  const bases = owner?.type === 'class_definition' ? owner.childForFieldName('superclasses')?.text : undefined;
  if (!owner || bases === undefined || !(/Settings\b/.test(bases) || isField(value))) return null;
  return { prefix: /env_prefix\s*=\s*["'](\w*)["']/.exec(owner.text)?.[1] ?? '' };
};

const isField = (value: Expression): value is Extract<Expression, { kind: 'call' }> =>
  value.kind === 'call' && /(?:^|\.)Field$/.test(value.callee);

/** Pydantic asks the environment first: `NAME`, or what `Field(env=…)` and `validation_alias` say. */
const fieldValue = ({ prefix }: { readonly prefix: string }, name: string, value: Expression): Expression => {
  const named = isField(value) ? value : null;
  const of = (key: string): Expression | undefined => named?.named.find(([each]) => each === key)?.[1];
  const alias = of('env') ?? of('validation_alias') ?? of('alias');
  const variable = alias?.kind === 'literal' && typeof alias.value === 'string' ? alias.value : `${prefix}${name}`;
  const fallback = named ? (of('default') ?? named.args[0] ?? null) : value;
  if (fallback?.kind === 'environment' || fallback?.kind === 'dict') return fallback;
  return { kind: 'environment', variable: variable.toUpperCase(), fallback };
};

const argumentOf = (node: PythonNode): NamedValue[] => {
  const call = node.parent?.parent;
  const name = node.childForFieldName('name')?.text;
  if (name === undefined || call?.type !== 'call') return [];
  const callee = dottedPath(call.childForFieldName('function'))?.join('.') ?? '';
  const value = pythonExpression(node.childForFieldName('value'));
  return [{ name, value, line: lineOf(node), argumentOf: callee }];
};

const pairOf = (node: PythonNode): NamedValue[] => {
  const key = pythonExpression(node.childForFieldName('key'));
  if (key.kind !== 'literal' || typeof key.value !== 'string') return [];
  const value = pythonExpression(node.childForFieldName('value'));
  return [{ name: key.value, value, line: lineOf(node), argumentOf: 'dict' }];
};

/** `def celery_broker_url(self): return f"…"`: as good as a field where it does nothing but return. */
const propertyOf = (node: PythonNode): NamedValue[] => {
  const name = node.childForFieldName('name')?.text;
  const statements = node.childForFieldName('body')?.namedChildren.filter((each) => !isRemark(each)) ?? [];
  const returned = statements.length === 1 && statements[0]?.type === 'return_statement' ? statements[0] : null;
  const parameters = node.childForFieldName('parameters')?.namedChildren.length ?? 0;
  if (name === undefined || !returned || parameters !== 1) return [];
  return [{ name, value: pythonExpression(returned.namedChild(0)), line: lineOf(node), argumentOf: null }];
};

const isRemark = (node: PythonNode | null): boolean =>
  node?.type === 'comment' || (node?.type === 'expression_statement' && node.namedChild(0)?.type === 'string');

const importsOf = (node: PythonNode): Import[] => {
  const module = node.childForFieldName('module_name')?.text ?? '';
  return node.childrenForFieldName('name').flatMap((each) => {
    const name = each?.childForFieldName('alias')?.text ?? each?.text;
    return name === undefined ? [] : [{ name, module }];
  });
};
