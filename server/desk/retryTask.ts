import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { ValueNode } from '../api/taskDetail.ts';
import type { Task } from '../api/tasks.ts';
import type { Operations } from '../cluster/operations.ts';
import { readPythonRepr } from '../detail/pythonRepr.ts';
import { checkTask, sendTask, type WantedTask } from './sendTask.ts';

type Retried = Pick<Task, 'id' | 'name' | 'args' | 'kwargs' | 'queue'>;

/** What to send so that a task runs again with the same arguments. */
export const retryCall = (task: Retried): WantedTask => {
  if (task.name === null) throw new CeleriacError('badRequest', phrase('retry.noName', { task: task.id }));
  const args = plainValue(task.args ?? '()');
  const kwargs = plainValue(task.kwargs ?? '{}');
  if (!Array.isArray(args) || !isObject(kwargs)) throw unreadable(task.id);
  return { name: task.name, args, kwargs, queue: task.queue ?? 'celery' };
};

/**
 * Sends a task again, with the same arguments, under a new id, which it resolves with. Events carry arguments as Python
 * writes them: what was cut off, or is no plain value, cannot be sent again.
 */
export const retryTask = (cluster: { readonly operations: Pick<Operations, 'send'> }, task: Retried): Promise<string> =>
  sendTask(cluster, checkTask(retryCall(task), 0));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unreadable = (id: string): CeleriacError =>
  new CeleriacError('badRequest', phrase('retry.unreadable', { task: id }));

const notPlain = Symbol('no plain value');

/** Undefined: it is not whole, or not plain. */
const plainValue = (repr: string): unknown => {
  const read = readPythonRepr(repr);
  if (read === null || read.isCut) return undefined;
  const value = valueOfNode(read.tree);
  return value === notPlain ? undefined : value;
};

const constants: Readonly<Record<string, unknown>> = {
  None: null,
  null: null,
  True: true,
  true: true,
  False: false,
  false: false,
};

const valueOfNode = (node: ValueNode): unknown => {
  switch (node.kind) {
    case 'text':
      return stringOf(node.text);
    case 'number':
      return numberOf(node.text);
    case 'constant':
      return Object.hasOwn(constants, node.text) ? constants[node.text] : notPlain;
    case 'list':
    case 'tuple': {
      const items = node.items.map(({ value }) => valueOfNode(value));
      return items.includes(notPlain) ? notPlain : items;
    }
    case 'dict':
      return dictOf(node.items);
    default:
      return notPlain;
  }
};

const dictOf = (items: Extract<ValueNode, { readonly items: unknown }>['items']): unknown => {
  const entries: [string, unknown][] = [];
  for (const { key, value } of items) {
    const name = key === null ? notPlain : stringOf(key);
    const inner = valueOfNode(value);
    if (typeof name !== 'string' || inner === notPlain) return notPlain;
    entries.push([name, inner]);
  }
  return Object.fromEntries(entries);
};

/** Numbers that JavaScript would round are not sent. */
const numberOf = (text: string): unknown => {
  if (!/^[-+]?\d+$/.test(text)) return /^[-+]?\d+\.\d+$/.test(text) ? Number(text) : notPlain;
  return Number.isSafeInteger(Number(text)) ? Number(text) : notPlain;
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };

/** A Python string literal without a prefix; of its escapes those that `repr` writes. */
const stringOf = (literal: string): unknown => {
  const quote = literal.charAt(0);
  if ((quote !== "'" && quote !== '"') || literal.length < 2 || !literal.endsWith(quote)) return notPlain;
  let text = '';
  for (let at = 1; at < literal.length - 1; at++) {
    const char = literal.charAt(at);
    if (char !== '\\') {
      text += char;
      continue;
    }
    const [whole, plain, hex] =
      /^\\(?:([nrt\\'"])|x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8}))/.exec(literal.slice(at, at + 10)) ?? [];
    if (whole === undefined) return notPlain;
    const code = hex ?? whole.slice(2);
    text += plain === undefined ? String.fromCodePoint(Number.parseInt(code, 16)) : (escapes[plain] ?? '');
    at += whole.length - 1;
  }
  return text;
};
