import { LineMap } from '../python/lineMap.ts';
import type { Call, ClassDefinition, Expression, FunctionDefinition, Syntax } from '../python/syntax.ts';
import { type Ancestors, walk } from '../python/walk.ts';
import type { CeleryObjects } from './celeryObjects.ts';
import type { CodeNames } from './codeNames.ts';
import { constantOf } from './constantOf.ts';
import type { CodeFile, CodeTask } from './facts.ts';

/** The tasks that a file makes: by decorators, of classes, and by wrapping functions. */
export const tasksIn = (file: CodeFile, names: CodeNames, objects: CeleryObjects): readonly CodeTask[] => {
  const reader = new TaskReader(file, names, objects);
  walk(file.syntax.body, (node, above) => {
    reader.visit(node, above);
    return undefined;
  });
  return reader.tasks;
};

type Definition = FunctionDefinition | ClassDefinition;

class TaskReader {
  readonly tasks: CodeTask[] = [];
  private readonly file: CodeFile;
  private readonly names: CodeNames;
  private readonly objects: CeleryObjects;
  private lines: LineMap | null = null;

  constructor(file: CodeFile, names: CodeNames, objects: CeleryObjects) {
    this.file = file;
    this.names = names;
    this.objects = objects;
  }

  visit(node: Syntax, above: Ancestors): void {
    if (node.kind === 'def') this.decorated(node, above);
    else if (node.kind === 'class') this.classTask(node, above);
    else if (node.kind === 'call') this.wrapped(node, above);
  }

  private decorated(definition: FunctionDefinition, above: Ancestors): void {
    for (const decorator of definition.decorators) {
      const call = decorator.kind === 'call' ? decorator : null;
      const maker = this.objects.taskMaker({ node: call ? call.callee : decorator, file: this.file, above });
      if (maker === null) continue;
      this.add(definition, maker, optionsOf(call), this.file, above);
      return;
    }
  }

  private classTask(definition: ClassDefinition, above: Ancestors): void {
    if (!this.objects.isTaskClass(definition, this.file)) return;
    if (!definition.body.some((each) => each.kind === 'def' && each.name === 'run')) return;
    const options = new Map<string, Expression>();
    for (const each of definition.body)
      if (each.kind === 'assign' && each.value)
        for (const target of each.targets) if (target.kind === 'name') options.set(target.id, each.value);
    const abstract = options.get('abstract');
    if (abstract?.kind === 'constant' && abstract.value === true) return;
    this.add(definition, 'app', { options, hasAll: true }, this.file, above);
  }

  /** `app.task(function)` and `app.task(name="x")(function)`. */
  private wrapped(call: Call, above: Ancestors): void {
    const holder = above.at(-1);
    const isDecorator = (holder?.kind === 'def' || holder?.kind === 'class') && holder.decorators.includes(call);
    const [first] = call.args;
    if (isDecorator || !first || first.name !== null || first.unpacks !== '') return;
    const maker = call.callee.kind === 'call' ? call.callee : call;
    const made = this.objects.taskMaker({ node: maker.callee, file: this.file, above });
    if (made === null) return;
    const meaning = this.names.meaning(first.value, this.file, above);
    if (meaning?.kind !== 'definition' || meaning.statement.kind !== 'def') return;
    this.add(meaning.statement, made, optionsOf(maker), meaning.file, []);
  }

  private add(
    definition: Definition,
    app: 'shared' | 'app',
    { options, hasAll }: Options,
    file: CodeFile,
    above: Ancestors,
  ): void {
    if (this.tasks.some((each) => each.definition === definition)) return;
    const written = options.get('name');
    const explicit = written && constantOf(written, this.file, above, this.names);
    if (written && typeof explicit !== 'string' && !isNone(written)) return;
    const bind = options.get('bind');
    if (file === this.file) this.lines ??= new LineMap(file.syntax.text);
    const lines = file === this.file && this.lines ? this.lines : new LineMap(file.syntax.text);
    this.tasks.push({
      name: typeof explicit === 'string' ? explicit : `${file.module}.${definition.name}`,
      file: file.path,
      line: lines.line(definition.nameStart),
      function: definition.name,
      bind: definition.kind === 'def' && bind?.kind === 'constant' && bind.value === true,
      app,
      definition,
      options,
      hasAllOptions: hasAll,
      start: definition.start,
    });
  }
}

const isNone = (value: Expression): boolean => value.kind === 'constant' && value.value === null;

interface Options {
  readonly options: ReadonlyMap<string, Expression>;
  readonly hasAll: boolean;
}

const optionsOf = (call: Call | null): Options => {
  const options = new Map<string, Expression>();
  for (const { name, value } of call?.args ?? []) if (name !== null) options.set(name, value);
  return { options, hasAll: !(call?.args.some(({ unpacks }) => unpacks === '**') ?? false) };
};
