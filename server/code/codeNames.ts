import type { Call, Expression, FunctionDefinition, Statement } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import { dottedName } from '../python/walk.ts';
import type { CodeFile } from './facts.ts';
import { type Binding, type Scope, scopeOf, statementsIn } from './scopes.ts';

/** What an expression names, followed through imports, re-exports and aliases. */
export type Meaning =
  /** Something of a package that is not of the workspace, or of a module that is not there: `celery.shared_task`. */
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'definition'; readonly file: CodeFile; readonly statement: Statement }
  /** A value that a name was given once. */
  | { readonly kind: 'value'; readonly file: CodeFile; readonly value: Expression; readonly above: Ancestors }
  | { readonly kind: 'module'; readonly file: CodeFile };

const furthest = 12;

/** Says what names mean, in all files of a workspace. */
export class CodeNames {
  private readonly modules = new Map<string, CodeFile>();
  private readonly scopes = new WeakMap<object, Scope>();

  constructor(files: Iterable<CodeFile>) {
    for (const file of files) this.modules.set(file.module, file);
  }

  module(name: string): CodeFile | undefined {
    return this.modules.get(name);
  }

  /** What the expression means where it stands; null where that is not told by the text. */
  meaning(expression: Expression, file: CodeFile, above: Ancestors, steps = 0): Meaning | null {
    if (steps > furthest) return null;
    const name = dottedName(expression);
    if (name === null) return null;
    const [first = '', ...rest] = name.split('.');
    const binding = this.bindingOf(first, file, above);
    if (binding === null) return rest.length === 0 && !isBuiltIn(first) ? null : { kind: 'outside', path: name };
    return this.follow(binding, rest, file, above, steps);
  }

  /** The dotted path of something outside of the workspace; null: it is nothing of the kind. */
  path(expression: Expression, file: CodeFile, above: Ancestors): string | null {
    const meaning = this.meaning(expression, file, above);
    return meaning?.kind === 'outside' ? meaning.path : null;
  }

  /** As `path`, of what is called. */
  calledPath(call: Call, file: CodeFile, above: Ancestors): string | null {
    return this.path(call.callee, file, above);
  }

  private bindingOf(name: string, file: CodeFile, above: Ancestors): Binding | null {
    for (let at = above.length - 1; at >= 0; at--) {
      const node = above[at];
      if (node?.kind === 'def') {
        const found = this.functionScope(node, file).get(name);
        if (found) return found;
      } else if (node?.kind === 'lambda' && node.parameters.some((each) => each.name === name))
        return { kind: 'unclear' };
      else if (
        node?.kind === 'comprehension' &&
        node.clauses.some(({ target }) => target !== null && holdsName(target, name))
      )
        return { kind: 'unclear' };
    }
    return file.scope.get(name) ?? this.starImport(name, file);
  }

  private functionScope(node: FunctionDefinition, file: CodeFile): Scope {
    const known = this.scopes.get(node);
    if (known) return known;
    const scope = new Map(scopeOf(node.body, file));
    for (const { name } of node.parameters) scope.set(name, { kind: 'unclear' });
    for (const statement of statementsIn(node.body))
      if (statement.kind === 'other' && (statement.word === 'global' || statement.word === 'nonlocal'))
        for (const value of statement.values) if (value.kind === 'name') scope.delete(value.id);
    this.scopes.set(node, scope);
    return scope;
  }

  /** `from tasks import *` */
  private starImport(name: string, file: CodeFile): Binding | null {
    for (const module of file.stars)
      if (this.modules.get(module)?.scope.has(name)) return { kind: 'import', path: `${module}.${name}` };
    return null;
  }

  private follow(
    binding: Binding,
    rest: readonly string[],
    file: CodeFile,
    above: Ancestors,
    steps: number,
  ): Meaning | null {
    switch (binding.kind) {
      case 'unclear':
        return null;
      case 'definition':
        return rest.length === 0 ? { kind: 'definition', file, statement: binding.statement } : null;
      case 'import':
        return this.imported([...binding.path.split('.'), ...rest], steps + 1);
      case 'value': {
        if (rest.length === 0 && dottedName(binding.value) === null)
          return { kind: 'value', file, value: binding.value, above };
        const meant = this.meaning(binding.value, file, above, steps + 1);
        if (rest.length === 0) return meant;
        return meant?.kind === 'outside' ? { kind: 'outside', path: [meant.path, ...rest].join('.') } : null;
      }
      default:
        return binding satisfies never;
    }
  }

  /** A package may bind the name of one of its modules to something else: `from .app import app`. */
  private rebound(segments: readonly string[], steps: number): Meaning | null {
    const path = segments.join('.');
    const holder = this.modules.get(segments.slice(0, -1).join('.'));
    const binding = holder?.scope.get(segments.at(-1) ?? '');
    if (!holder || !binding || (binding.kind === 'import' && binding.path === path)) return null;
    return this.follow(binding, [], holder, [], steps + 1);
  }

  /** A path from the top: the longest start that is a module of the workspace, and what it binds. */
  private imported(segments: readonly string[], steps: number): Meaning | null {
    if (steps > furthest) return null;
    for (let count = segments.length; count > 0; count--) {
      const file = this.modules.get(segments.slice(0, count).join('.'));
      if (!file) continue;
      const [first, ...rest] = segments.slice(count);
      if (first === undefined) return this.rebound(segments, steps) ?? { kind: 'module', file };
      const binding = file.scope.get(first) ?? this.starImport(first, file);
      return binding ? this.follow(binding, rest, file, [], steps + 1) : null;
    }
    return { kind: 'outside', path: segments.join('.') };
  }
}

const builtIns = new Set([
  'super',
  'print',
  'getattr',
  'list',
  'dict',
  'tuple',
  'open',
  'Exception',
  'BaseException',
  'str',
  'int',
]);
const isBuiltIn = (name: string): boolean => builtIns.has(name);

const holdsName = (target: Expression, name: string): boolean =>
  target.kind === 'name'
    ? target.id === name
    : target.kind === 'tuple' && target.items.some((item) => holdsName(item, name));
