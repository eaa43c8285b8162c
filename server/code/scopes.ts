import type { Expression, Import, Statement } from '../python/syntax.ts';

/** What a name stands for where it is bound once; `unclear` for a parameter, a loop's variable, or what is bound twice. */
export type Binding =
  | { readonly kind: 'import'; readonly path: string }
  | { readonly kind: 'definition'; readonly statement: Statement }
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'unclear' };

export type Scope = ReadonlyMap<string, Binding>;

const unclear: Binding = { kind: 'unclear' };

/** Where relative imports start from. */
export interface Place {
  readonly module: string;
  readonly isPackage: boolean;
}

/** The names that a module or a function binds itself; those in functions and classes within it are their own. */
export const scopeOf = (body: readonly Statement[], place: Place): Scope => {
  const scope = new Map<string, Binding>();
  const bind = (name: string, binding: Binding): void => {
    const before = scope.get(name);
    scope.set(name, before ? merged(before, binding) : binding);
  };
  for (const statement of statementsIn(body)) bindAll(statement, place, bind);
  return scope;
};

const isNothing = (binding: Binding): boolean =>
  binding.kind === 'value' && binding.value.kind === 'constant' && binding.value.value === null;

/** What a name that is bound twice stands for. */
const merged = (before: Binding, binding: Binding): Binding => {
  const isFirstKept = before.kind === 'import' || before.kind === 'definition';
  // `try: from a import b` / `except ImportError: b = None`: the first is what is meant.
  if (isFirstKept && isNothing(binding)) return before;
  const isLastKept = binding.kind === 'import' || binding.kind === 'definition';
  if (isLastKept && (isNothing(before) || before.kind === binding.kind || before.kind === 'import')) return binding;
  return unclear;
};

type Bind = (name: string, binding: Binding) => void;

const bindAll = (statement: Statement, place: Place, bind: Bind): void => {
  switch (statement.kind) {
    case 'def':
    case 'class':
      bind(statement.name, { kind: 'definition', statement });
      break;
    case 'import':
      bindImport(statement, place, bind);
      break;
    case 'assign':
      bindAssignment(statement, bind);
      break;
    case 'for':
      bindTargets(statement.target, bind);
      break;
    case 'with':
      for (const { target } of statement.items) if (target) bindTargets(target, bind);
      break;
    case 'try':
      for (const { name } of statement.handlers) if (name !== null) bind(name, unclear);
      break;
    default:
  }
};

const bindAssignment = ({ targets, operator, value }: Extract<Statement, { kind: 'assign' }>, bind: Bind): void => {
  for (const target of targets) {
    if (target.kind !== 'name') bindTargets(target, bind);
    else if (operator === '=' && value) bind(target.id, { kind: 'value', value });
    else if (operator !== null) bind(target.id, unclear);
  }
};

const bindTargets = (target: Expression, bind: Bind): void => {
  if (target.kind === 'name') bind(target.id, unclear);
  else if (target.kind === 'tuple' || target.kind === 'list') for (const item of target.items) bindTargets(item, bind);
};

const bindImport = (statement: Import, place: Place, bind: Bind): void => {
  const from = statement.from === null ? null : absoluteModule(statement.from, statement.level, place);
  for (const { name, alias } of statement.names) {
    if (name === '*') continue;
    if (from !== null) bind(alias ?? name, { kind: 'import', path: from === '' ? name : `${from}.${name}` });
    else if (alias !== null) bind(alias, { kind: 'import', path: name });
    else bind(name.split('.')[0] ?? name, { kind: 'import', path: name.split('.')[0] ?? name });
  }
};

/** What `from ..a import b` means in a module. */
export const absoluteModule = (from: string, level: number, { module, isPackage }: Place): string => {
  if (level === 0) return from;
  const segments = module.split('.');
  const kept = segments.slice(0, Math.max(0, segments.length - level + (isPackage ? 1 : 0)));
  return [...kept, ...(from === '' ? [] : [from])].join('.');
};

/** The statements of a body and of its blocks, those of functions and classes within it left out. */
export function* statementsIn(body: readonly Statement[]): IterableIterator<Statement> {
  for (const statement of body) {
    yield statement;
    for (const block of blocksOf(statement)) yield* statementsIn(block);
  }
}

const blocksOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case 'if':
    case 'while':
    case 'for':
      return [statement.body, statement.otherwise];
    case 'with':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.last];
    case 'match':
      return statement.cases;
    default:
      return [];
  }
};

/** The modules of which everything is imported: `from tasks import *`. */
export const starImports = (body: readonly Statement[], place: Place): readonly string[] =>
  [...statementsIn(body)].flatMap((statement) =>
    statement.kind === 'import' && statement.from !== null && statement.names.some(({ name }) => name === '*')
      ? [absoluteModule(statement.from, statement.level, place)]
      : [],
  );
