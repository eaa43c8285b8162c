import type { TaskTimeColumn } from '../../../api/tasks.ts';
import type { LabelColumn, NumberColumn, TextColumn } from './queryTree.ts';

/** What may stand before a colon, with what its value is. */
export type QueryField =
  | { readonly kind: 'state' }
  | { readonly kind: 'id' }
  | { readonly kind: 'word' }
  | { readonly kind: 'label'; readonly column: LabelColumn }
  | { readonly kind: 'text'; readonly column: TextColumn }
  | { readonly kind: 'duration'; readonly column: Exclude<NumberColumn, 'retries'> }
  | { readonly kind: 'count'; readonly column: 'retries' }
  | { readonly kind: 'time'; readonly column: TaskTimeColumn };

const label = (column: LabelColumn) => ({ kind: 'label', column }) as const;
const text = (column: TextColumn) => ({ kind: 'text', column }) as const;
const time = (column: TaskTimeColumn) => ({ kind: 'time', column }) as const;

/** In the order in which they are offered. */
export const queryFields: Readonly<Record<string, QueryField>> = {
  state: { kind: 'state' },
  name: label('name'),
  worker: label('worker'),
  queue: label('queue'),
  runtime: { kind: 'duration', column: 'runtime' },
  wait: { kind: 'duration', column: 'wait' },
  received: time('received'),
  started: time('started'),
  finished: time('finished'),
  sent: time('sent'),
  updated: time('updated'),
  args: text('args'),
  kwargs: text('kwargs'),
  result: text('result'),
  exception: text('exception'),
  retries: { kind: 'count', column: 'retries' },
  client: label('client'),
  id: { kind: 'id' },
  text: { kind: 'word' },
};

/** What other tools and people call them. */
const otherNames: Readonly<Record<string, string>> = {
  uuid: 'id',
  task: 'name',
  hostname: 'worker',
  error: 'exception',
  any: 'text',
};

/** Null: there is no such field. */
export const fieldNamed = (name: string): QueryField | null => {
  const word = name.toLowerCase();
  const own = Object.hasOwn(otherNames, word) ? (otherNames[word] ?? word) : word;
  return Object.hasOwn(queryFields, own) ? (queryFields[own] ?? null) : null;
};
