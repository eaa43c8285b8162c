import type { PythonNode } from './pythonParser.ts';
import { pythonString } from './pythonString.ts';

/** What an expression says without being run. `unknown`: only running it would tell. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Parts one after the other: `"a" + b`, `f"{a}b"`, `"%s" % a`. */
  | { readonly kind: 'text'; readonly parts: readonly Expression[] }
  /** A dotted name, or `config["NAME"]`: only its last part is sure to mean something. */
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'environment'; readonly variable: string; readonly fallback: Expression | null }
  /** `a or b`, `a if x else b`. */
  | { readonly kind: 'either'; readonly options: readonly Expression[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'replaced'; readonly of: Expression; readonly from: string; readonly to: string }
  /** Percent-encoded, as `urllib.parse.quote` does. */
  | { readonly kind: 'quoted'; readonly of: Expression }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly args: readonly Expression[];
      readonly named: readonly (readonly [string, Expression])[];
    }
  | { readonly kind: 'unknown' };

const unknown: Expression = { kind: 'unknown' };
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value });

export const pythonExpression = (node: PythonNode | null): Expression => {
  if (!node) return unknown;
  const field = (name: string): Expression => pythonExpression(node.childForFieldName(name));
  switch (node.type) {
    case 'string':
    case 'concatenated_string':
      return stringExpression(node);
    case 'integer':
    case 'float':
      return literal(Number(node.text.replaceAll('_', '')));
    case 'true':
      return literal(true);
    case 'false':
      return literal(false);
    case 'none':
      return literal(null);
    case 'identifier':
      return { kind: 'name', path: [node.text] };
    case 'attribute':
    case 'subscript':
      return access(node);
    case 'parenthesized_expression':
    case 'await':
      return pythonExpression(node.namedChild(0));
    case 'boolean_operator':
      return node.childForFieldName('operator')?.type === 'or'
        ? { kind: 'either', options: [field('left'), field('right')] }
        : unknown;
    case 'conditional_expression':
      return { kind: 'either', options: [pythonExpression(node.namedChild(0)), pythonExpression(node.namedChild(2))] };
    case 'binary_operator':
      return binary(node);
    case 'dictionary':
      return { kind: 'dict', entries: pairsOf(node) };
    case 'list':
    case 'tuple':
      return { kind: 'list', items: node.namedChildren.map(pythonExpression) };
    case 'call':
      return callExpression(node);
    default:
      return unknown;
  }
};

/** The dotted path of a name; null: it is no name. */
export const dottedPath = (node: PythonNode | null): readonly string[] | null => {
  if (node?.type === 'identifier') return [node.text];
  if (node?.type !== 'attribute') return null;
  const before = dottedPath(node.childForFieldName('object'));
  const last = node.childForFieldName('attribute')?.text;
  return before && last !== undefined ? [...before, last] : null;
};

const stringExpression = (node: PythonNode): Expression => {
  if (node.type === 'concatenated_string') return { kind: 'text', parts: node.namedChildren.map(pythonExpression) };
  const whole = pythonString(node);
  if (whole !== null) return literal(whole);
  const parts = node.namedChildren.flatMap((child): Expression[] => {
    if (!child || child.type === 'string_start' || child.type === 'string_end') return [];
    if (child.type === 'string_content') return [literal(child.text)];
    if (child.type !== 'interpolation' || child.childForFieldName('format_specifier')) return [unknown];
    return [pythonExpression(child.childForFieldName('expression'))];
  });
  return { kind: 'text', parts };
};

const access = (node: PythonNode): Expression => {
  const path = dottedPath(node);
  if (path) return { kind: 'name', path };
  const key = pythonExpression(node.childForFieldName('subscript'));
  const owner = dottedPath(node.childForFieldName('value'));
  if (node.type !== 'subscript' || !owner || key.kind !== 'literal' || typeof key.value !== 'string') return unknown;
  if (/environ$|^env$/.test(owner.at(-1) ?? '')) return { kind: 'environment', variable: key.value, fallback: null };
  return { kind: 'name', path: [...owner, key.value] };
};

const binary = (node: PythonNode): Expression => {
  const left = pythonExpression(node.childForFieldName('left'));
  const right = pythonExpression(node.childForFieldName('right'));
  const operator = node.childForFieldName('operator')?.type;
  if (operator === '+') return { kind: 'text', parts: [left, right] };
  if (operator !== '%' || left.kind !== 'literal' || typeof left.value !== 'string') return unknown;
  return filledIn(
    left.value,
    /%(?:\((\w+)\))?[sd]/g,
    right.kind === 'list' ? right.items : [right],
    right.kind === 'dict' ? right.entries : [],
  );
};

/** A text with places, and what goes into them: by order, or by name where the place has one. */
const filledIn = (
  template: string,
  place: RegExp,
  ordered: readonly Expression[],
  named: readonly (readonly [string, Expression])[],
): Expression => {
  const parts: Expression[] = [];
  let end = 0;
  let next = 0;
  for (const match of template.matchAll(place)) {
    const key = match[1] ?? '';
    parts.push(literal(template.slice(end, match.index)));
    const byOrder = /^\d*$/.test(key) ? ordered[key === '' ? next++ : Number(key)] : undefined;
    parts.push(byOrder ?? named.find(([name]) => name === key)?.[1] ?? unknown);
    end = match.index + match[0].length;
  }
  return { kind: 'text', parts: [...parts, literal(template.slice(end))] };
};

const pairsOf = (node: PythonNode): (readonly [string, Expression])[] =>
  node.namedChildren.flatMap((pair) => {
    const key = pythonExpression(pair?.childForFieldName('key') ?? null);
    if (pair?.type !== 'pair' || key.kind !== 'literal' || typeof key.value !== 'string') return [];
    return [[key.value, pythonExpression(pair.childForFieldName('value'))] as const];
  });

interface Call {
  readonly callee: string;
  readonly object: PythonNode | null;
  readonly args: readonly Expression[];
  readonly named: readonly (readonly [string, Expression])[];
}

const callExpression = (node: PythonNode): Expression => {
  const called = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  const given = list?.type === 'argument_list' ? list.namedChildren.filter((each) => each !== null) : [];
  const call: Call = {
    callee: dottedPath(called)?.join('.') ?? called?.childForFieldName('attribute')?.text ?? '',
    object: called?.childForFieldName('object') ?? null,
    args: given.filter(({ type }) => type !== 'keyword_argument' && type !== 'comment').map(pythonExpression),
    named: given.flatMap((each) => {
      const name = each.type === 'keyword_argument' ? each.childForFieldName('name')?.text : undefined;
      return name === undefined ? [] : [[name, pythonExpression(each.childForFieldName('value'))] as const];
    }),
  };
  return (
    formatCall(call) ??
    environmentCall(call) ??
    wrapping(call) ?? { kind: 'call', callee: call.callee, args: call.args, named: call.named }
  );
};

const formatCall = ({ callee, object, args, named }: Call): Expression | null => {
  if (!/(?:^|\.)format$/.test(callee)) return null;
  const template = pythonExpression(object);
  if (template.kind !== 'literal' || typeof template.value !== 'string') return unknown;
  return filledIn(template.value, /\{(\w*)\}/g, args, named);
};

/** os.environ.get, os.getenv, environs, django-environ, decouple, and what projects write themselves in their way. */
const environmentCall = ({ callee, args, named }: Call): Expression | null => {
  const [first, second] = args;
  const variable = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : null;
  if (variable === null || !/^[A-Z][A-Z0-9_]*$/.test(variable)) return null;
  if (!/env|config|secret|setting/i.test(callee)) return null;
  const fallback = named.find(([name]) => name === 'default' || name === 'fallback')?.[1] ?? second ?? null;
  return { kind: 'environment', variable, fallback };
};

/** Calls that give back what they were given. */
const wrapping = ({ callee, object, args }: Call): Expression | null => {
  const name = callee.split('.').at(-1) ?? '';
  const [only] = args;
  const [from, to] = args.map((each) =>
    each.kind === 'literal' && typeof each.value === 'string' ? each.value : null,
  );
  if (name === 'replace' && object && typeof from === 'string' && typeof to === 'string')
    return { kind: 'replaced', of: pythonExpression(object), from, to };
  if (/^quote(?:_plus)?$/.test(name) && only) return { kind: 'quoted', of: only };
  if (/^(?:str|int|RedisDsn|AmqpDsn|AnyUrl|AnyHttpUrl|SecretStr|Path|parse_obj_as)$/.test(name) && only)
    return args.at(-1) ?? null;
  if (/^(?:strip|lstrip|rstrip|get_secret_value|unicode_string|as_posix)$/.test(name) && object)
    return pythonExpression(object);
  return null;
};
