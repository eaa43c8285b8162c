import { LineMap } from '../python/lineMap.ts';
import { parsePython } from '../python/parsePython.ts';
import type { Assignment, Call, Expression, FunctionDefinition, Statement, Syntax } from '../python/syntax.ts';
import { dottedName, walk } from '../python/walk.ts';

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
export const readApps = (text: string): readonly WrittenApp[] => {
  const { body } = parsePython(text);
  const lines = new LineMap(text);
  const classes = appClasses(body);
  const isApp = (node: Syntax): boolean => node.kind === 'call' && classes.has(calleeOf(node));
  const makers = new Map<string, number>();
  const assignments: Assignment[] = [];
  walk(body, (node) => {
    if (node.kind === 'def' && makesApp(node, isApp)) makers.set(node.name, lines.line(node.nameStart));
    if (node.kind === 'assign') assignments.push(node);
    return node.kind !== 'def' && node.kind !== 'class';
  });
  const apps = assignments.flatMap(({ targets, value }): WrittenApp[] => {
    const how = value && howMade(value, isApp, makers);
    return targets.flatMap((target) =>
      target.kind === 'name' && how ? [{ name: target.id, line: lines.line(target.start), how }] : [],
    );
  });
  if (apps.length > 0) return apps;
  return [...makers].map(([name, line]) => ({ name, line, how: 'function' }));
};

const makesApp = ({ body }: FunctionDefinition, isApp: (node: Syntax) => boolean): boolean => {
  let found = false;
  walk(body, (node) => {
    found ||= isApp(node);
    return !found;
  });
  return found;
};

const calleeOf = ({ callee }: Call): string => dottedName(callee) ?? '';

/** What makes an app here when it is called: Celery under whatever name it was imported, and classes made from it. */
const appClasses = (body: readonly Statement[]): ReadonlySet<string> => {
  const classes = new Set(['Celery', 'celery.Celery']);
  walk(body, (node) => {
    if (node.kind === 'import') {
      for (const { name, alias } of node.names) if (name === 'Celery' && alias !== null) classes.add(alias);
    } else if (node.kind === 'class' && node.bases.some(({ value }) => classes.has(dottedName(value) ?? '')))
      classes.add(node.name);
    return undefined;
  });
  return classes;
};

/** An imported function counts by its name: `create_celery()`. */
const maker = /(?:make|create|init|build|get)\w{0,60}celery|celery\w{0,60}(?:factory|app)$/i;

const howMade = (
  value: Expression,
  isApp: (node: Syntax) => boolean,
  makers: ReadonlyMap<string, number>,
): WrittenApp['how'] | null => {
  if (isKept(value)) return 'made';
  if (value.kind !== 'call') return null;
  if (isApp(value)) return 'written';
  const callee = calleeOf(value);
  return makers.has(callee) || maker.test(callee.split('.').at(-1) ?? '') ? 'made' : null;
};

/** `….extensions["celery"]` */
const isKept = (value: Expression): boolean => {
  if (value.kind !== 'operation' || value.operator !== '[]') return false;
  const [owner, key] = value.operands;
  return owner?.kind === 'attribute' && owner.name === 'extensions' && key?.kind === 'string' && key.value === 'celery';
};
