import type { PythonNode } from './pythonParser.ts';
import { pythonString } from './pythonString.ts';

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

/** The tasks of a module: functions with a task decorator, task classes, and functions that are wrapped later. */
export const readTasks = (root: PythonNode): WrittenTasks => {
  const constants = constantsOf(root);
  const definitions = new Map<string, number>();
  const tasks: WrittenTask[] = [];
  for (const node of root.descendantsOfType(['function_definition', 'class_definition'])) {
    const name = node?.childForFieldName('name');
    if (!node || !name) continue;
    const line = name.startPosition.row + 1;
    if (isOnTop(node)) definitions.set(name.text, line);
    const written = node.type === 'class_definition' ? classTask(node, constants) : functionTask(node, constants);
    const topLine = (decoratedOf(node) ?? node).startPosition.row + 1;
    if (written) tasks.push({ ...written, function: name.text, line, topLine, firstLine: firstLineOf(node) ?? line });
  }
  return { tasks: [...tasks, ...wrappedTasks(root, definitions, constants)], definitions };
};

type Named = Pick<WrittenTask, 'name'>;
type Constants = ReadonlyMap<string, string>;

const functionTask = (node: PythonNode, constants: Constants): Named | null => {
  if (node.parent?.type !== 'decorated_definition') return null;
  for (const decorator of node.parent.namedChildren) {
    const expression = decorator?.type === 'decorator' ? decorator.namedChild(0) : null;
    const call = expression?.type === 'call' ? expression : null;
    const callee = call ? call.childForFieldName('function') : expression;
    if (callee && taskDecorator.test(callee.text)) return { name: call && nameArgument(call, constants) };
  }
  return null;
};

const classTask = (node: PythonNode, constants: Constants): Named | null => {
  const bases = node.childForFieldName('superclasses')?.namedChildren ?? [];
  if (!bases.some((base) => base !== null && taskBase.test(base.text))) return null;
  for (const statement of node.childForFieldName('body')?.namedChildren ?? []) {
    const assignment = statement?.type === 'expression_statement' ? statement.namedChild(0) : null;
    if (assignment?.type !== 'assignment' || assignment.childForFieldName('left')?.text !== 'name') continue;
    const right = assignment.childForFieldName('right');
    return { name: right && textOf(right, constants) };
  }
  return { name: null };
};

/** `app.task(name="x")(function)` and `app.task(function, name="x")`. */
const wrappedTasks = (
  root: PythonNode,
  definitions: ReadonlyMap<string, number>,
  constants: Constants,
): WrittenTask[] => {
  const found: WrittenTask[] = [];
  for (const call of root.descendantsOfType('call')) {
    const callee = call?.childForFieldName('function');
    if (!call || !callee) continue;
    const maker = callee.type === 'call' ? callee : call;
    if (!taskDecorator.test(maker.childForFieldName('function')?.text ?? '')) continue;
    const first = call.childForFieldName('arguments')?.namedChild(0);
    const line = first?.type === 'identifier' ? definitions.get(first.text) : undefined;
    if (first && line !== undefined)
      found.push({
        name: nameArgument(maker, constants),
        function: first.text,
        line,
        topLine: line,
        firstLine: line + 1,
      });
  }
  return found;
};

const nameArgument = (call: PythonNode, constants: Constants): string | null => {
  for (const argument of call.childForFieldName('arguments')?.namedChildren ?? []) {
    if (argument?.type !== 'keyword_argument' || argument.childForFieldName('name')?.text !== 'name') continue;
    const value = argument.childForFieldName('value');
    return value && textOf(value, constants);
  }
  return null;
};

const textOf = (node: PythonNode, constants: Constants): string | null =>
  node.type === 'identifier'
    ? (constants.get(node.text) ?? null)
    : pythonString(node, (inner) => constants.get(inner.text) ?? null);

/** Strings that the module gives a name to. */
const constantsOf = (root: PythonNode): Constants => {
  const constants = new Map<string, string>();
  for (const statement of root.namedChildren) {
    const assignment = statement?.type === 'expression_statement' ? statement.namedChild(0) : null;
    const left = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
    const right = assignment?.childForFieldName('right');
    const value = left?.type === 'identifier' && right ? textOf(right, constants) : null;
    if (left && value !== null) constants.set(left.text, value);
  }
  return constants;
};

/** Null for a class: what runs there is one of its methods. */
const firstLineOf = (node: PythonNode): number | null => {
  if (node.type === 'class_definition') return null;
  const statements = node.childForFieldName('body')?.namedChildren ?? [];
  const first = statements.find((each) => each !== null && !isRemark(each));
  return first ? first.startPosition.row + 1 : null;
};

const isRemark = (node: PythonNode): boolean =>
  node.type === 'comment' || (node.type === 'expression_statement' && node.namedChild(0)?.type === 'string');

const decoratedOf = ({ parent }: PythonNode): PythonNode | null =>
  parent?.type === 'decorated_definition' ? parent : null;

const isOnTop = (node: PythonNode): boolean => {
  const holder = node.parent?.type === 'decorated_definition' ? node.parent.parent : node.parent;
  return holder?.type === 'module';
};
