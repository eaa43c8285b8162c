import type { Argument, Call, Expression, FunctionDefinition, Syntax } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import type { CodeIndex } from './codeIndex.ts';
import { type ConstantValue, constantOf } from './constantOf.ts';
import type { CodeFile, CodeTask } from './facts.ts';
import type { Look } from './rule.ts';
import type { WrittenSetting } from './settingsIn.ts';

/** What several rules ask of the code. */

export const constantIn = (value: Expression, { file, above, index }: Omit<Look, 'node'>): ConstantValue | undefined =>
  constantOf(value, file, above, index.names);

export const numberIn = (value: Expression, look: Omit<Look, 'node'>): number | null => {
  const found = constantIn(value, look);
  return typeof found === 'number' ? found : null;
};

export const pathOf = (value: Expression, { file, above, index }: Omit<Look, 'node'>): string | null =>
  index.names.path(value, file, above);

/** What a name stands for, with the place to look from. */
export const meantBy = (name: Expression, look: Omit<Look, 'node'>) => {
  const meaning = look.index.names.meaning(name, look.file, look.above);
  if (meaning?.kind !== 'value') return null;
  return { value: meaning.value, look: { ...look, file: meaning.file, above: meaning.above } };
};

export const keyword = (call: Call, name: string): Argument | undefined => call.args.find((each) => each.name === name);

export const hasUnpacked = (call: Call): boolean => call.args.some(({ unpacks }) => unpacks !== '');

export const positional = (call: Call): readonly Expression[] =>
  call.args.filter(({ name, unpacks }) => name === null && unpacks === '').map(({ value }) => value);

const sending = new Set(['delay', 'apply_async']);

export interface Sending {
  readonly task: CodeTask;
  readonly method: string;
  readonly call: Call;
  /** Of the method's name. */
  readonly start: number;
  readonly end: number;
}

/** `task.delay(…)`, `task.apply_async(…)`, or another of the methods asked for. */
export const sendingCall = (
  node: Syntax,
  look: Omit<Look, 'node'>,
  methods: ReadonlySet<string> = sending,
): Sending | null => {
  if (node.kind !== 'call' || node.callee.kind !== 'attribute' || !methods.has(node.callee.name)) return null;
  const task = look.index.taskOf(node.callee.object, look.file, look.above);
  if (task === null || typeof task === 'string') return null;
  return { task, method: node.callee.name, call: node, start: node.callee.nameStart, end: node.callee.end };
};

/** The task in whose body a node stands, the functions in it included. */
export const enclosingTask = (above: Ancestors, index: CodeIndex): CodeTask | null => {
  for (const [at, node] of above.entries()) {
    if (node.kind !== 'def' && node.kind !== 'class') continue;
    const task = index.taskOfDefinition(node);
    if (!task) continue;
    if (node.kind === 'def') return isInBody(node, above[at + 1]) ? task : null;
    const method = above[at + 1];
    if (method?.kind === 'def' && (method.name === 'run' || method.name === '__call__')) return task;
  }
  return null;
};

const isInBody = (definition: FunctionDefinition, next: Syntax | undefined): boolean =>
  next === undefined || definition.body.some((each) => each === next);

/** The function in which a task runs. */
export const runOf = (task: CodeTask): FunctionDefinition | null => {
  const { definition } = task;
  if (definition.kind === 'def') return definition;
  return definition.body.find((each): each is FunctionDefinition => each.kind === 'def' && each.name === 'run') ?? null;
};

export const isTrue = (value: Expression | undefined): boolean => value?.kind === 'constant' && value.value === true;
export const isNone = (value: Expression | undefined): boolean => value?.kind === 'constant' && value.value === null;

/** Where the settings are the workspace's own, the last that is written counts. */
export const settingOf = (index: CodeIndex, ...keys: readonly string[]): WrittenSetting | undefined =>
  index.settings.findLast(({ key }) => keys.includes(key) || keys.includes(key.toLowerCase()));

export const isTestFile = ({ path }: CodeFile): boolean =>
  path
    .split('/')
    .some((part) => part === 'conftest.py' || part.split(/[_.]/).some((word) => /^tests?$|testing/.test(word)));

export const lookAt = (setting: WrittenSetting, index: CodeIndex): Omit<Look, 'node'> => ({
  file: setting.file,
  above: setting.above,
  index,
});

export const textOf = ({ start, end }: { readonly start: number; readonly end: number }, file: CodeFile): string =>
  file.syntax.text.slice(start, end);
