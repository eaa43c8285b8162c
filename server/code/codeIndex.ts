import { parsePython } from '../python/parsePython.ts';
import type { Expression, PythonModule, Statement } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import { CeleryObjects } from './celeryObjects.ts';
import { CodeNames } from './codeNames.ts';
import { constantOf } from './constantOf.ts';
import type { CodeFile, CodeTask, CodeUse } from './facts.ts';
import { importLines } from './importLines.ts';
import { moduleNames } from './moduleNames.ts';
import { absoluteModule, scopeOf, starImports, statementsIn } from './scopes.ts';
import {
  configSources,
  isDjangoSettings,
  settingsOfConf,
  settingsOfSource,
  type WrittenSetting,
} from './settingsIn.ts';
import { tasksIn } from './tasksIn.ts';
import { type TaskOf, usesIn, usesOfSettings } from './usesIn.ts';

/** A file of Python: its path in the workspace, with slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** What was read of the same text before. */
  readonly syntax?: PythonModule;
}

/** Everything of Celery that the code of a workspace says, without any of it being run. */
export class CodeIndex {
  readonly files: readonly CodeFile[];
  /** What starts processes: Compose files, Procfiles, manifests of Kubernetes. */
  readonly documents: readonly CodeFile[];
  readonly names: CodeNames;
  readonly objects: CeleryObjects;
  readonly tasks: readonly CodeTask[];
  readonly settings: readonly WrittenSetting[];
  readonly uses: readonly CodeUse[];
  private readonly byDefinition: ReadonlyMap<Statement, CodeTask>;
  private readonly byPath: ReadonlyMap<string, CodeFile>;
  private readonly byName: ReadonlyMap<string, CodeTask>;

  /** `present`: also the files of the workspace that are not of Python and mark a project's folder. */
  constructor(sources: readonly SourceFile[], present: ReadonlySet<string>, documents: readonly SourceFile[] = []) {
    this.documents = documents.map(asDocument);
    this.files = readFiles(sources, present);
    this.byPath = new Map([...this.files, ...this.documents].map((file) => [file.path, file]));
    this.names = new CodeNames(this.files);
    this.objects = new CeleryObjects(this.names);
    this.tasks = this.files.flatMap((file) => tasksIn(file, this.names, this.objects));
    this.byDefinition = new Map(this.tasks.map((task) => [task.definition, task]));
    this.byName = new Map(this.tasks.map((task) => [task.name, task]));
    this.settings = this.readSettings();
    this.uses = [
      ...this.files.flatMap((file) => usesIn(file, this.names, this.objects, this.taskOf)),
      ...usesOfSettings(this.settings, this.names, this.taskOf),
    ];
  }

  file(path: string): CodeFile | undefined {
    return this.byPath.get(path);
  }

  task(name: string): CodeTask | undefined {
    return this.byName.get(name);
  }

  taskOfDefinition(definition: Statement): CodeTask | undefined {
    return this.byDefinition.get(definition);
  }

  readonly taskOf: TaskOf = (node: Expression, file: CodeFile, above: Ancestors) => {
    if (node.kind === 'call') return this.made(node, file, above);
    if (node.kind === 'operation' && node.operator === '[]') {
      const [owner, key] = node.operands;
      if (owner?.kind !== 'attribute' || owner.name !== 'tasks' || !key) return null;
      if (!this.objects.isApp({ node: owner.object, file, above })) return null;
      const name = constantOf(key, file, above, this.names);
      return typeof name === 'string' ? (this.byName.get(name) ?? name) : null;
    }
    const meaning = this.names.meaning(node, file, above);
    if (meaning?.kind === 'definition') return this.byDefinition.get(meaning.statement) ?? null;
    return meaning?.kind === 'value' && meaning.value.kind !== 'name'
      ? this.taskOf(meaning.value, meaning.file, meaning.above)
      : null;
  };

  /** `app.register_task(Add())`, `Add()`, `app.task(add)`. */
  private made(
    node: Extract<Expression, { kind: 'call' }>,
    file: CodeFile,
    above: Ancestors,
  ): CodeTask | string | null {
    const { callee } = node;
    const [first] = node.args;
    if (callee.kind === 'attribute' && callee.name === 'register_task' && first)
      return this.taskOf(first.value, file, above);
    const meaning = this.names.meaning(callee, file, above);
    if (meaning?.kind === 'definition' && meaning.statement.kind === 'class')
      return this.byDefinition.get(meaning.statement) ?? null;
    const maker = callee.kind === 'call' ? callee.callee : callee;
    if (!first || this.objects.taskMaker({ node: maker, file, above }) === null) return null;
    const wrapped = this.names.meaning(first.value, file, above);
    return wrapped?.kind === 'definition' ? (this.byDefinition.get(wrapped.statement) ?? null) : null;
  }

  private readSettings(): readonly WrittenSetting[] {
    const django = this.files.filter(isDjangoSettings);
    const sources = this.files.flatMap((file) => configSources(file, this.names, django));
    const seen = new Set<unknown>();
    const distinct = sources.filter(({ body }) => !seen.has(body) && seen.add(body));
    return [...this.files.flatMap((file) => settingsOfConf(file, this.objects)), ...distinct.flatMap(settingsOfSource)];
  }
}

/** A file without any of this has no task and uses none; it may still hand on what it imports. */
const mayConcernTasks = /celery|task|delay|apply_async|signature|retry|broker|worker|beat|INSTALLED_APPS/i;

const readSource = (text: string): PythonModule => {
  if (mayConcernTasks.test(text)) return parsePython(text);
  return { ...parsePython(importLines(text)), text: '' };
};

const asDocument = ({ path, text }: SourceFile): CodeFile => ({
  path,
  module: '',
  isPackage: false,
  syntax: { text, body: [], comments: [], unreadableAt: null },
  scope: new Map(),
  stars: [],
});

const readFiles = (sources: readonly SourceFile[], present: ReadonlySet<string>): readonly CodeFile[] => {
  const read = sources.map(({ path, text, syntax }) => ({ path, syntax: syntax ?? readSource(text) }));
  const imported = new Set<string>();
  for (const { syntax } of read)
    for (const statement of statementsIn(syntax.body)) {
      if (statement.kind !== 'import' || statement.level > 0) continue;
      if (statement.from !== null) imported.add(statement.from);
      for (const { name } of statement.names)
        imported.add(statement.from === null ? name : `${statement.from}.${name}`);
    }
  const modules = moduleNames(
    sources.map(({ path }) => path),
    present,
    imported,
  );
  return read.map(({ path, syntax }) => {
    const module = modules.get(path) ?? path;
    const isPackage = path.endsWith('__init__.py');
    const place = { module, isPackage };
    return { path, ...place, syntax, scope: scopeOf(syntax.body, place), stars: starImports(syntax.body, place) };
  });
};

/** The modules that a module imports, as they are named from the top. */
export const importsOf = (file: CodeFile): readonly string[] => {
  const found: string[] = [];
  for (const statement of statementsIn(file.syntax.body)) {
    if (statement.kind !== 'import') continue;
    if (statement.from === null) found.push(...statement.names.map(({ name }) => name));
    else {
      const module = absoluteModule(statement.from, statement.level, file);
      found.push(module, ...statement.names.map(({ name }) => `${module}.${name}`));
    }
  }
  return found;
};
