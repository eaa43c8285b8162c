import type { Argument, Expression, FunctionDefinition } from '../../python/syntax.ts';
import type { CodeTask } from '../facts.ts';
import type { Rule } from '../rule.ts';
import { keyword, positional, runOf, sendingCall } from '../ruleKit.ts';
import { entriesOf } from '../settingsIn.ts';

const direct = new Set(['delay', 'delay_on_commit', 'si']);
const listed = new Set(['apply_async', 'apply_async_on_commit']);

export const wrongArguments: Rule = {
  id: 'wrong-arguments',
  severity: 'error',
  title: 'Wrong task arguments',
  why: 'Celery checks the arguments against the signature of the task when it is sent and raises a TypeError.',
  node: (look) => {
    const sent = sendingCall(look.node, look, new Set([...direct, ...listed]));
    if (!sent) return undefined;
    const given = direct.has(sent.method) ? givenDirectly(sent.call.args) : givenInLists(sent.call);
    const signature = given && signatureOf(sent.task);
    const wrong = given && signature && mismatch(signature, given);
    if (!wrong) return undefined;
    const at = { start: sent.start, end: sent.end };
    return [
      { at, message: `This raises a TypeError: ${sent.task.function}() ${wrong}. Signature: ${shown(signature)}.` },
    ];
  },
};

interface Given {
  readonly count: number;
  readonly names: readonly string[];
}

const givenDirectly = (args: readonly Argument[]): Given | null => {
  if (args.some(({ unpacks, value }) => unpacks !== '' || (value.kind === 'operation' && value.operator === '*')))
    return null;
  return {
    count: args.filter(({ name }) => name === null).length,
    names: args.flatMap(({ name }) => (name === null ? [] : [name])),
  };
};

const givenInLists = (call: Parameters<typeof keyword>[0]): Given | null => {
  if (call.args.some(({ unpacks }) => unpacks !== '')) return null;
  const [first, second] = positional(call);
  const args = keyword(call, 'args')?.value ?? first;
  const kwargs = keyword(call, 'kwargs')?.value ?? second;
  const count = args === undefined ? 0 : countOf(args);
  const names = kwargs === undefined ? [] : namesOf(kwargs);
  return count === null || names === null ? null : { count, names };
};

const countOf = (value: Expression): number | null => {
  if (value.kind === 'constant' && value.value === null) return 0;
  if (value.kind !== 'list' && value.kind !== 'tuple') return null;
  return value.items.some((item) => item.kind === 'operation' && item.operator === '*') ? null : value.items.length;
};

const namesOf = (value: Expression): readonly string[] | null => {
  if (value.kind === 'constant' && value.value === null) return [];
  if (value.kind !== 'dict') return null;
  const entries = entriesOf(value);
  return entries.length === value.entries.length ? entries.map(([name]) => name) : null;
};

/** Null where the signature that counts cannot be seen: a decorator below the task's own may change it. */
const signatureOf = (task: CodeTask): FunctionDefinition['parameters'] | null => {
  const run = runOf(task);
  if (!run || !task.hasAllOptions || task.options.has('typing')) return null;
  if (run.decorators.length > (task.definition.kind === 'def' ? 1 : 0)) return null;
  if (task.definition.kind === 'def' && run.decorators.length === 0) return null;
  const isBound = task.bind || task.definition.kind === 'class';
  if (!isBound && task.options.has('bind')) return null;
  return isBound ? run.parameters.slice(1) : run.parameters;
};

const mismatch = (parameters: FunctionDefinition['parameters'], { count, names }: Given): string | null => {
  const places = parameters.filter(({ kind }) => kind === 'positional' || kind === 'regular');
  const takesRest = parameters.some(({ kind }) => kind === 'rest');
  const takesKeywords = parameters.some(({ kind }) => kind === 'keywords');
  if (count > places.length && !takesRest)
    return `accepts at most ${places.length} positional arguments, but got ${count}`;
  const byPlace = new Set(places.slice(0, count).map(({ name }) => name));
  const twice = names.find((name) => byPlace.has(name));
  if (twice !== undefined) return `got "${twice}" twice`;
  const known = new Set(
    parameters.filter(({ kind }) => kind === 'regular' || kind === 'keyword').map(({ name }) => name),
  );
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined && !takesKeywords) return `has no argument "${unknown}"`;
  const missing = parameters.filter(
    ({ name, kind, default: value }) =>
      value === null &&
      (kind === 'regular' || kind === 'positional' || kind === 'keyword') &&
      !byPlace.has(name) &&
      !names.includes(name),
  );
  return missing.length > 0 ? `is missing ${missing.map(({ name }) => `"${name}"`).join(' and ')}` : null;
};

const marks: Readonly<Record<string, string>> = { rest: '*', keywords: '**' };

const shown = (parameters: FunctionDefinition['parameters']): string =>
  parameters.length === 0
    ? 'none'
    : `(${parameters.map(({ name, kind, default: value }) => `${marks[kind] ?? ''}${name}${value ? '=…' : ''}`).join(', ')})`;
