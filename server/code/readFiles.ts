import { parsePython } from '../python/parsePython.ts';
import type { PythonModule } from '../python/syntax.ts';
import type { CodeFile } from './facts.ts';
import { importLines } from './importLines.ts';
import { moduleNames } from './moduleNames.ts';
import { scopeOf, starImports, statementsIn } from './scopes.ts';

/** A file of Python: its path in the workspace, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The text has nothing but the imports of the file: see `shortened`. */
  readonly isShort?: boolean;
  /** What was read of the same text before. */
  readonly syntax?: PythonModule;
}

/** A file without any of this has no task and uses none; it may still hand on what it imports. */
const mayConcernTasks = /celery|task|delay|apply_async|signature|retry|broker|worker|beat|INSTALLED_APPS/i;

/** Only the imports of a file that has nothing to do with tasks: the rest is not kept. */
export const shortened = (path: string, text: string): SourceFile =>
  mayConcernTasks.test(text) ? { path, text } : { path, text: importLines(text), isShort: true };

const readSource = (source: SourceFile): PythonModule => {
  const { text, isShort, path } = source;
  if (isShort) return { ...parsePython(text), text: '' };
  return mayConcernTasks.test(text) ? parsePython(text) : readSource(shortened(path, text));
};

/** The modules of the files, and what they were made from. */
interface Modules {
  readonly names: ReadonlyMap<string, string>;
  readonly present: ReadonlySet<string>;
  readonly imported: ReadonlyMap<string, readonly string[]>;
}

/** The files of a workspace as they were read. */
export interface ReadFiles {
  readonly files: readonly CodeFile[];
  readonly modules: Modules;
}

/** Reads files, but those that were read `before` and have not changed. */
export const readFiles = (
  sources: readonly SourceFile[],
  present: ReadonlySet<string>,
  before: ReadFiles | null,
): ReadFiles => {
  const known = new Map(before?.files.map((file) => [file.path, file]));
  const read = sources.map((source) => ({ path: source.path, syntax: source.syntax ?? readSource(source) }));
  const imported = new Map(
    read.map(({ path, syntax }) => {
      const same = known.get(path)?.syntax === syntax ? before?.modules.imported.get(path) : undefined;
      return [path, same ?? importedIn(syntax)];
    }),
  );
  const modules =
    before && isSameProject(before.modules, present, imported)
      ? { ...before.modules, imported }
      : {
          names: moduleNames([...imported.keys()], present, new Set([...imported.values()].flat())),
          present,
          imported,
        };
  const files = read.map(({ path, syntax }): CodeFile => {
    const module = modules.names.get(path) ?? path;
    const same = known.get(path);
    if (same?.syntax === syntax && same.module === module) return same;
    const isPackage = path.endsWith('__init__.py');
    const place = { module, isPackage };
    return { path, ...place, syntax, scope: scopeOf(syntax.body, place), stars: starImports(syntax.body, place) };
  });
  return { files, modules };
};

/** The modules that a file imports, where it names them from the top. */
const importedIn = ({ body }: PythonModule): readonly string[] => {
  const imported: string[] = [];
  for (const statement of statementsIn(body)) {
    if (statement.kind !== 'import' || statement.level > 0) continue;
    if (statement.from !== null) imported.push(statement.from);
    for (const { name } of statement.names) imported.push(statement.from === null ? name : `${statement.from}.${name}`);
  }
  return imported;
};

const isSameProject = (before: Modules, present: ReadonlySet<string>, imported: Modules['imported']): boolean =>
  before.present === present &&
  before.imported.size === imported.size &&
  [...imported].every(([path, modules]) => {
    const known = before.imported.get(path);
    return known === modules || (known?.length === modules.length && known.every((each, at) => each === modules[at]));
  });

/** Whether all files are there that were, and none has changed in what others see of it. */
export const isSameOutside = (before: readonly CodeFile[], after: readonly CodeFile[]): boolean =>
  before.length === after.length &&
  after.every((file, at) => {
    const known = before[at];
    return (
      known === file ||
      (known?.path === file.path && known.module === file.module && outsideOf(known.syntax) === outsideOf(file.syntax))
    );
  });

/** What in the body of a function concerns others: it makes tasks or apps, or configures them. */
const makesTasks = /shared_task|\.task\b|\bCelery\(|config_from_|\bconf\b/;
const outsides = new WeakMap<PythonModule, string>();

/** What other files can see of a file: all of it but the bodies of its functions, unless these make tasks or apps, or configure them. */
const outsideOf = (syntax: PythonModule): string => {
  const known = outsides.get(syntax);
  if (known !== undefined) return known;
  const { text, body } = syntax;
  const seen = body.map((statement) => {
    const whole = text.slice(statement.start, statement.end);
    const [first] = statement.kind === 'def' ? statement.body : [];
    return first === undefined || makesTasks.test(text.slice(first.start, statement.end))
      ? whole
      : text.slice(statement.start, first.start);
  });
  const outside = seen.join('\n');
  outsides.set(syntax, outside);
  return outside;
};
