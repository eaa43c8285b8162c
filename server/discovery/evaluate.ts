import type { Expression } from '../language/pythonExpression.ts';

/** Where names get their values from while an expression is read. */
export interface Scope {
  /** Looks a name up where it is used; undefined: nobody gives it a value. */
  readonly name: (path: readonly string[]) => { readonly value: Expression; readonly scope: Scope } | undefined;
  readonly environment: (variable: string) => string | undefined;
}

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** Names that lead to names: more than this is a circle. */
const depthLimit = 12;

/** The value of an expression; undefined: only running it would tell. */
export const evaluate = (expression: Expression, scope: Scope, depth = 0): Value | undefined => {
  if (depth > depthLimit) return undefined;
  const of = (each: Expression): Value | undefined => evaluate(each, scope, depth + 1);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'text':
      return joined(expression.parts.map(of));
    case 'name': {
      const found = scope.name(expression.path);
      return found && evaluate(found.value, found.scope, depth + 1);
    }
    case 'environment':
      return scope.environment(expression.variable) ?? (expression.fallback ? of(expression.fallback) : undefined);
    case 'either':
      return chosen(expression.options.map(of));
    case 'dict':
      return Object.fromEntries(
        expression.entries.flatMap(([name, each]) => {
          const value = of(each);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case 'list':
      return expression.items.map(of).filter((each) => each !== undefined);
    case 'replaced': {
      const value = of(expression.of);
      return typeof value === 'string' ? value.replaceAll(expression.from, expression.to) : undefined;
    }
    case 'quoted': {
      const value = of(expression.of);
      return value === undefined ? undefined : encodeURIComponent(String(value));
    }
    case 'call':
      return built(expression.callee, Object.fromEntries(expression.named.map(([name, each]) => [name, of(each)])));
    case 'unknown':
      return undefined;
    default:
      return expression satisfies never;
  }
};

/** As Python's `or`: the first that is not empty, else the last. */
const chosen = (values: readonly (Value | undefined)[]): Value | undefined => {
  const known = values.filter((each) => each !== undefined);
  return known.find((each) => each !== '' && each !== null) ?? known.at(-1);
};

const joined = (parts: readonly (Value | undefined)[]): string | undefined =>
  parts.some((each) => each === undefined || typeof each === 'object') ? undefined : parts.map(String).join('');

/** `RedisDsn.build(…)` and `URL.build(…)`; `dict(…)`. */
const built = (callee: string, named: Readonly<Record<string, Value | undefined>>): Value | undefined => {
  if (callee === 'dict')
    return Object.fromEntries(
      Object.entries(named).flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])),
    );
  const { scheme, host, port, path } = named;
  if (!/\.build$/.test(callee) || typeof scheme !== 'string' || typeof host !== 'string') return undefined;
  const user = text(named['user'] ?? named['username']);
  const password = text(named['password']);
  const login =
    user || password ? `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ''}@` : '';
  const place = text(path).replace(/^\/?/, '/');
  return `${scheme}://${login}${host}${port ? `:${text(port)}` : ''}${text(path) ? place : ''}`;
};

const text = (value: Value | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
