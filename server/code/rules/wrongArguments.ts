import type { Argument, Expression, Parameter } from '../../python/syntax.ts';
import { type GivenArguments, type Misfit, misfitOf, signatureOf } from '../callSignature.ts';
import type { Rule } from '../rule.ts';
import { keyword, positional, sendingCall } from '../ruleKit.ts';
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
    const misfit = given && signature && misfitOf(signature, given);
    if (!misfit) return undefined;
    const at = { start: sent.start, end: sent.end };
    return [
      {
        at,
        message: `This raises a TypeError: ${sent.task.function}() ${wordsOf(misfit)}. Signature: ${shown(signature)}.`,
      },
    ];
  },
};

const givenDirectly = (args: readonly Argument[]): GivenArguments | null => {
  if (args.some(({ unpacks, value }) => unpacks !== '' || (value.kind === 'operation' && value.operator === '*')))
    return null;
  return {
    count: args.filter(({ name }) => name === null).length,
    names: args.flatMap(({ name }) => (name === null ? [] : [name])),
  };
};

const givenInLists = (call: Parameters<typeof keyword>[0]): GivenArguments | null => {
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

const wordsOf = (misfit: Misfit): string => {
  switch (misfit.kind) {
    case 'tooMany':
      return `accepts at most ${misfit.most} positional arguments, but got ${misfit.count}`;
    case 'twice':
      return `got "${misfit.name}" twice`;
    case 'unknown':
      return `has no argument "${misfit.name}"`;
    case 'missing':
      return `is missing ${misfit.names.map((name) => `"${name}"`).join(' and ')}`;
    default:
      return misfit satisfies never;
  }
};

const marks: Readonly<Record<string, string>> = { rest: '*', keywords: '**' };

const shown = (parameters: readonly Parameter[]): string =>
  parameters.length === 0
    ? 'none'
    : `(${parameters.map(({ name, kind, default: value }) => `${marks[kind] ?? ''}${name}${value ? '=…' : ''}`).join(', ')})`;
