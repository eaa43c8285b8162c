import type { Expression, Statement } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import { CeleryObjects } from './celeryObjects.ts';
import { CodeNames } from './codeNames.ts';
import { constantOf } from './constantOf.ts';
import type { CodeFile, CodeTask, CodeUse } from './facts.ts';
import { isSameOutside, type ReadFiles, readFiles, type SourceFile } from './readFiles.ts';
import { absoluteModule, statementsIn } from './scopes.ts';
import {
  configSources,
  isDjangoSettings,
  settingsOfConf,
  settingsOfSource,
  type WrittenSetting,
} from './settingsIn.ts';
import { tasksIn } from './tasksIn.ts';
import { type TaskOf, usesIn, usesOfSettings } from './usesIn.ts';

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
  /** The same object in each index that differs from the one before in nothing that other files could see. */
  readonly lineage: object;
  /** What was found in each file. */
  private readonly parts: WeakMap<CodeFile, FileParts>;
  private readonly read: ReadFiles;
  private readonly byDefinition: ReadonlyMap<Statement, CodeTask>;
  private readonly byPath: ReadonlyMap<string, CodeFile>;
  private readonly byName: ReadonlyMap<string, CodeTask>;

  /**
   * `present`: also the files of the workspace that are not of Python and mark a project's folder. `before`: an index of the
   * same files; what has not changed in them is not looked at again.
   */
  constructor(
    sources: readonly SourceFile[],
    present: ReadonlySet<string>,
    documents: readonly SourceFile[] = [],
    before: CodeIndex | null = null,
  ) {
    this.documents = documents.map(asDocument);
    this.read = readFiles(sources, present, before?.read ?? null);
    this.files = this.read.files;
    this.byPath = new Map([...this.files, ...this.documents].map((file) => [file.path, file]));
    this.names = new CodeNames(this.files);
    this.objects = new CeleryObjects(this.names);
    const isContinued = before !== null && isSameOutside(before.files, this.files);
    this.lineage = isContinued ? before.lineage : {};
    this.parts = isContinued ? before.parts : new WeakMap();
    this.tasks = this.files.flatMap((file) => this.tasksOf(file));
    this.byDefinition = new Map(this.tasks.map((task) => [task.definition, task]));
    this.byName = new Map(this.tasks.map((task) => [task.name, task]));
    this.settings = this.readSettings();
    this.uses = [
      ...this.files.flatMap((file) => this.usesOf(file)),
      ...usesOfSettings(this.settings, this.names, this.taskOf),
    ];
  }

  private partsOf(file: CodeFile): FileParts {
    const parts = this.parts.get(file) ?? {};
    this.parts.set(file, parts);
    return parts;
  }

  private tasksOf(file: CodeFile): readonly CodeTask[] {
    const parts = this.partsOf(file);
    // A function of another file that is made a task here may have been read again.
    if (parts.tasks?.some((task) => task.file !== file.path)) parts.tasks = undefined;
    parts.tasks ??= tasksIn(file, this.names, this.objects);
    return parts.tasks;
  }

  private usesOf(file: CodeFile): readonly CodeUse[] {
    const parts = this.partsOf(file);
    parts.uses ??= usesIn(file, this.names, this.objects, this.taskOf);
    return parts.uses;
  }

  private settingsOf(file: CodeFile): readonly WrittenSetting[] {
    const parts = this.partsOf(file);
    parts.settings ??= settingsOfConf(file, this.objects);
    return parts.settings;
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
    const configured = this.files.filter(({ syntax }) => syntax.text.includes('config_from_object'));
    const sources = configured.flatMap((file) => configSources(file, this.names, django));
    const seen = new Set<unknown>();
    const distinct = sources.filter(({ body }) => !seen.has(body) && seen.add(body));
    return [...this.files.flatMap((file) => this.settingsOf(file)), ...distinct.flatMap(settingsOfSource)];
  }
}

/** What was found in one file. */
interface FileParts {
  tasks?: readonly CodeTask[] | undefined;
  uses?: readonly CodeUse[];
  settings?: readonly WrittenSetting[];
}

const asDocument = ({ path, text }: SourceFile): CodeFile => ({
  path,
  module: '',
  isPackage: false,
  syntax: { text, body: [], comments: [], unreadableAt: null },
  scope: new Map(),
  stars: [],
});

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
