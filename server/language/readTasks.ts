import { LineMap } from '../python/lineMap.ts';
import { parsePython } from '../python/parsePython.ts';
import type { Argument, ClassDefinition, Expression, FunctionDefinition, Statement } from '../python/syntax.ts';
import { dottedName, walk } from '../python/walk.ts';

/** A task as its file shows it. */
interface WrittenTask {
  /** The name that stands in the code; null: Celery makes it of the module and the function. */
  readonly name: string | null;
  readonly function: string;
  /** Counted from 1. */
  readonly line: number;
  /** Of its first decorator, where it has one. */
  readonly topLine: number;
  /** The first line that runs when the task does. */
  readonly firstLine: number;
}

export interface WrittenTasks {
  readonly tasks: readonly WrittenTask[];
  /** Everything on the module's own level that could be a task by a decorator of the user's own. */
  readonly definitions: ReadonlyMap<string, number>;
}

/** `@app.task`, `@shared_task`, `@celery.task(…)`, `@periodic_task`, and what people call their own: `@my_task`. */
const taskDecorator = /(?:^|[._])task$/i;
const taskBase = /Task$/;

type Definition = FunctionDefinition | ClassDefinition;
type Named = Pick<WrittenTask, 'name'>;
type Constants = ReadonlyMap<string, string>;

/** The tasks of a module: functions with a task decorator, task classes, and functions that are wrapped later. */
export const readTasks = (text: string): WrittenTasks => {
  const { body } = parsePython(text);
  const lines = new LineMap(text);
  const constants = constantsOf(body);
  const definitions = new Map<string, number>();
  const tasks: WrittenTask[] = [];
  const wrapped: WrittenTask[] = [];
  for (const each of body) if (isDefinition(each)) definitions.set(each.name, lines.line(each.nameStart));
  walk(body, (node) => {
    if (isDefinition(node)) {
      const written = node.kind === 'class' ? classTask(node, constants) : functionTask(node, constants);
      const line = lines.line(node.nameStart);
      const topLine = lines.line(node.start);
      if (written)
        tasks.push({ ...written, function: node.name, line, topLine, firstLine: firstLineOf(node, lines) ?? line });
    } else if (node.kind === 'call') wrapped.push(...wrappedTask(node, definitions, constants));
    return undefined;
  });
  return { tasks: [...tasks, ...wrapped], definitions };
};

const isDefinition = (node: { readonly kind: string }): node is Definition =>
  node.kind === 'def' || node.kind === 'class';

const functionTask = ({ decorators }: FunctionDefinition, constants: Constants): Named | null => {
  for (const decorator of decorators) {
    const call = decorator.kind === 'call' ? decorator : null;
    if (isTaskMaker(call ? call.callee : decorator)) return { name: call && nameArgument(call.args, constants) };
  }
  return null;
};

const isTaskMaker = (callee: Expression): boolean =>
  taskDecorator.test(dottedName(callee) ?? (callee.kind === 'attribute' ? `.${callee.name}` : ''));

const classTask = ({ bases, body }: ClassDefinition, constants: Constants): Named | null => {
  if (!bases.some(({ value }) => taskBase.test(dottedName(value) ?? ''))) return null;
  const named = body.find((each) => each.kind === 'assign' && isName(each.targets[0], 'name'));
  return { name: named?.kind === 'assign' ? textOf(named.value, constants) : null };
};

const isName = (node: Expression | undefined, id: string): boolean => node?.kind === 'name' && node.id === id;

/** `app.task(name="x")(function)` and `app.task(function, name="x")`. */
const wrappedTask = (
  call: Extract<Expression, { kind: 'call' }>,
  definitions: ReadonlyMap<string, number>,
  constants: Constants,
): WrittenTask[] => {
  const maker = call.callee.kind === 'call' ? call.callee : call;
  const [argument] = call.args;
  const first = argument?.name === null ? argument.value : undefined;
  if (!isTaskMaker(maker.callee) || first?.kind !== 'name') return [];
  const line = definitions.get(first.id);
  if (line === undefined) return [];
  return [{ name: nameArgument(maker.args, constants), function: first.id, line, topLine: line, firstLine: line + 1 }];
};

const nameArgument = (args: readonly Argument[], constants: Constants): string | null =>
  textOf(args.find(({ name }) => name === 'name')?.value ?? null, constants);

const textOf = (node: Expression | null, constants: Constants): string | null => {
  if (node?.kind === 'name') return constants.get(node.id) ?? null;
  if (node?.kind !== 'string' || node.value !== null) return node?.kind === 'string' ? node.value : null;
  const parts = node.parts.map((each) => (typeof each === 'string' ? each : textOf(each, constants)));
  return parts.length === 0 || parts.some((each) => each === null) ? null : parts.join('');
};

/** Strings that the module gives a name to. */
const constantsOf = (body: readonly Statement[]): Constants => {
  const constants = new Map<string, string>();
  for (const each of body) {
    const target = each.kind === 'assign' ? each.targets[0] : undefined;
    const value = each.kind === 'assign' ? textOf(each.value, constants) : null;
    if (target?.kind === 'name' && value !== null) constants.set(target.id, value);
  }
  return constants;
};

/** Null for a class: what runs there is one of its methods. */
const firstLineOf = (node: Definition, lines: LineMap): number | null => {
  if (node.kind === 'class') return null;
  const first = node.body.find((each) => each.kind !== 'expression' || each.value.kind !== 'string');
  return first ? lines.line(first.start) : null;
};
