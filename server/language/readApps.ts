import { dottedPath } from './pythonExpression.ts';
import type { PythonNode } from './pythonParser.ts';

/** A Celery application as its file shows it. */
export interface WrittenApp {
  /** The variable, or the function that makes one. */
  readonly name: string;
  readonly line: number;
  readonly how: 'written' | 'made' | 'function';
}

/** A file without any of this holds no app. */
export const mayHoldApp = /\bCelery\b|extensions\[|celery\w{0,60}\(/i;

/** `app = Celery(…)`, `app = make_celery(flask_app)`, `celery = flask_app.extensions["celery"]`, and functions that make one. */
export const readApps = (root: PythonNode): readonly WrittenApp[] => {
  const classes = appClasses(root);
  const isApp = (call: PythonNode): boolean => classes.has(calleeOf(call));
  const makers = new Map<string, number>();
  for (const each of nodesOf(root, 'function_definition')) {
    const name = each.childForFieldName('name');
    if (name && isOnTop(each) && nodesOf(each, 'call').some(isApp)) makers.set(name.text, name.startPosition.row + 1);
  }
  const apps = nodesOf(root, 'assignment').flatMap((each): WrittenApp[] => {
    const left = each.childForFieldName('left');
    const right = each.childForFieldName('right');
    if (left?.type !== 'identifier' || !right || isInside(each)) return [];
    const how = howMade(right, isApp, makers);
    return how ? [{ name: left.text, line: left.startPosition.row + 1, how }] : [];
  });
  if (apps.length > 0) return apps;
  return [...makers].map(([name, line]) => ({ name, line, how: 'function' }));
};

const nodesOf = (root: PythonNode, type: string): PythonNode[] =>
  root.descendantsOfType(type).filter((each) => each !== null);

const calleeOf = (call: PythonNode): string => dottedPath(call.childForFieldName('function'))?.join('.') ?? '';

/** What makes an app here when it is called: Celery under whatever name it was imported, and classes made from it. */
const appClasses = (root: PythonNode): ReadonlySet<string> => {
  const classes = new Set(['Celery', 'celery.Celery']);
  for (const each of nodesOf(root, 'aliased_import'))
    if (each.childForFieldName('name')?.text === 'Celery')
      classes.add(each.childForFieldName('alias')?.text ?? 'Celery');
  for (const each of nodesOf(root, 'class_definition')) {
    const bases = each.childForFieldName('superclasses')?.namedChildren ?? [];
    const name = each.childForFieldName('name')?.text;
    if (name !== undefined && bases.some((base) => classes.has(base?.text ?? ''))) classes.add(name);
  }
  return classes;
};

/** An imported function counts by its name: `create_celery()`. */
const maker = /(?:make|create|init|build|get)\w{0,60}celery|celery\w{0,60}(?:factory|app)$/i;
const kept = /\.extensions\[["']celery["']\]$/;

const howMade = (
  right: PythonNode,
  isApp: (call: PythonNode) => boolean,
  makers: ReadonlyMap<string, number>,
): WrittenApp['how'] | null => {
  if (kept.test(right.text)) return 'made';
  if (right.type !== 'call') return null;
  if (isApp(right)) return 'written';
  const callee = calleeOf(right);
  return makers.has(callee) || maker.test(callee.split('.').at(-1) ?? '') ? 'made' : null;
};

/** What a function or a class has to itself cannot be named from outside. */
const isInside = (node: PythonNode): boolean => {
  for (let each = node.parent; each; each = each.parent)
    if (each.type === 'function_definition' || each.type === 'class_definition') return true;
  return false;
};

const isOnTop = (node: PythonNode): boolean => !isInside(node);
