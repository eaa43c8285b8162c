import type { Argument, Call, Expression as Node, Operation, StringLiteral } from '../python/syntax.ts';
import { dottedName } from '../python/walk.ts';

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
  | { readonly kind: 'dict'; readonly entries: readonly Named[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'replaced'; readonly of: Expression; readonly from: string; readonly to: string }
  /** Percent-encoded, as `urllib.parse.quote` does. */
  | { readonly kind: 'quoted'; readonly of: Expression }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly args: readonly Expression[];
      readonly named: readonly Named[];
    }
  | { readonly kind: 'unknown' };

type Named = readonly [name: string, value: Expression];

const unknown: Expression = { kind: 'unknown' };
const literal = (value: string | number | boolean | null): Expression => ({ kind: 'literal', value });

export const pythonExpression = (node: Node | null): Expression => {
  switch (node?.kind) {
    case 'string':
      return stringExpression(node);
    case 'number':
    case 'constant':
      return literal(node.value);
    case 'name':
    case 'attribute':
      return nameExpression(node);
    case 'operation':
      return operation(node);
    case 'dict':
      return {
        kind: 'dict',
        entries: node.entries.flatMap(({ key, value }): Named[] =>
          key?.kind === 'string' && key.value !== null ? [[key.value, pythonExpression(value)]] : [],
        ),
      };
    case 'list':
    case 'tuple':
      return { kind: 'list', items: node.items.map(pythonExpression) };
    case 'call':
      return callExpression(node);
    default:
      return unknown;
  }
};

const nameExpression = (node: Node): Expression => {
  const path = dottedName(node)?.split('.');
  return path ? { kind: 'name', path } : unknown;
};

const stringExpression = ({ value, isBytes, parts }: StringLiteral): Expression => {
  if (value !== null) return literal(value);
  if (isBytes) return unknown;
  return {
    kind: 'text',
    parts: parts.map((each) => (typeof each === 'string' ? literal(each) : pythonExpression(each))),
  };
};

const operation = ({ operator, operands }: Operation): Expression => {
  const [first = null, second = null, third = null] = operands;
  switch (operator) {
    case 'await':
      return pythonExpression(first);
    case 'or':
      return { kind: 'either', options: operands.map(pythonExpression) };
    case '?:':
      return { kind: 'either', options: [pythonExpression(second), pythonExpression(third)] };
    case '+':
      return { kind: 'text', parts: operands.map(pythonExpression) };
    case '%':
      return percent(pythonExpression(first), pythonExpression(second));
    case '[]':
      return subscript(first, pythonExpression(second));
    default:
      return unknown;
  }
};

const subscript = (owner: Node | null, key: Expression): Expression => {
  const path = owner && dottedName(owner)?.split('.');
  if (!path || key.kind !== 'literal' || typeof key.value !== 'string') return unknown;
  if (/environ$|^env$/.test(path.at(-1) ?? '')) return { kind: 'environment', variable: key.value, fallback: null };
  return { kind: 'name', path: [...path, key.value] };
};

const percent = (template: Expression, right: Expression): Expression =>
  template.kind === 'literal' && typeof template.value === 'string'
    ? filledIn(
        template.value,
        /%(?:\((\w+)\))?[sd]/g,
        right.kind === 'list' ? right.items : [right],
        right.kind === 'dict' ? right.entries : [],
      )
    : unknown;

/** A text with places, and what goes into them: by order, or by name where the place has one. */
const filledIn = (
  template: string,
  place: RegExp,
  ordered: readonly Expression[],
  named: readonly Named[],
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

interface CallParts {
  readonly callee: string;
  readonly object: Node | null;
  readonly args: readonly Expression[];
  readonly named: readonly Named[];
}

const callExpression = ({ callee, args }: Call): Expression => {
  const isKeyword = ({ name }: Argument): boolean => name !== null;
  const call: CallParts = {
    callee: dottedName(callee) ?? (callee.kind === 'attribute' ? callee.name : ''),
    object: callee.kind === 'attribute' ? callee.object : null,
    args: args.filter((each) => !isKeyword(each)).map(({ value }) => pythonExpression(value)),
    named: args.filter(isKeyword).map(({ name, value }): Named => [name ?? '', pythonExpression(value)]),
  };
  return (
    formatCall(call) ??
    environmentCall(call) ??
    wrapping(call) ?? { kind: 'call', callee: call.callee, args: call.args, named: call.named }
  );
};

const formatCall = ({ callee, object, args, named }: CallParts): Expression | null => {
  if (!/(?:^|\.)format$/.test(callee)) return null;
  const template = pythonExpression(object);
  if (template.kind !== 'literal' || typeof template.value !== 'string') return unknown;
  return filledIn(template.value, /\{(\w*)\}/g, args, named);
};

/** os.environ.get, os.getenv, environs, django-environ, decouple, and what projects write themselves in their way. */
const environmentCall = ({ callee, args, named }: CallParts): Expression | null => {
  const [first, second] = args;
  const variable = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : null;
  if (variable === null || !/^[A-Z][A-Z0-9_]*$/.test(variable)) return null;
  if (!/env|config|secret|setting/i.test(callee)) return null;
  const fallback = named.find(([name]) => name === 'default' || name === 'fallback')?.[1] ?? second ?? null;
  return { kind: 'environment', variable, fallback };
};

/** Calls that give back what they were given. */
const wrapping = ({ callee, object, args }: CallParts): Expression | null => {
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
