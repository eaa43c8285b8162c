import type { ClassDefinition, Expression, FunctionDefinition, PythonModule } from '../python/syntax.ts';
import type { Scope } from './scopes.ts';

/** How a task is used: the name of what is called on it, or where its name stands. */
export type UseKind =
  | 'delay'
  | 'apply_async'
  | 'delay_on_commit'
  | 'apply_async_on_commit'
  | 's'
  | 'si'
  | 'signature'
  | 'subtask'
  | 'send_task'
  | 'call'
  | 'schedule'
  | 'route';

/** A task where it is written. */
export interface CodeTask {
  readonly name: string;
  readonly file: string;
  /** Of the `def` or `class`. */
  readonly line: number;
  readonly function: string;
  readonly bind: boolean;
  /** `shared`: by `@shared_task`; `app`: by an app's own decorator. */
  readonly app: 'shared' | 'app';
  readonly definition: FunctionDefinition | ClassDefinition;
  /** The options of its decorator, or the attributes of its class. */
  readonly options: ReadonlyMap<string, Expression>;
  /** Whether all options can be seen; not so with `**options`. */
  readonly hasAllOptions: boolean;
  /** Offset of the decorator, or of the class. */
  readonly start: number;
}

export interface CodeUse {
  readonly kind: UseKind;
  readonly file: string;
  readonly line: number;
  /** The name of the task; null while it is not known which task is meant. */
  readonly task: string;
  readonly start: number;
  readonly end: number;
  /** By its name in a string, so that nothing but the name says that there is such a task. */
  readonly isByName: boolean;
}

/** A file that has been read. */
export interface CodeFile {
  readonly path: string;
  readonly module: string;
  readonly isPackage: boolean;
  readonly syntax: PythonModule;
  readonly scope: Scope;
  /** The modules of which it imports everything. */
  readonly stars: readonly string[];
}
