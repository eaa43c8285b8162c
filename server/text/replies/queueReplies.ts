import { field, listOf, textField } from '../../celery/field.ts';
import { type Column, table } from '../table.ts';
import { printable } from '../wording.ts';
import type { ShowReplies } from './replyScreen.ts';

/** One queue of one worker (kombu/entity.py: Queue.as_dict). */
interface QueueRow {
  readonly hostname: string;
  readonly queue: unknown;
}

const columns: readonly Column<QueueRow>[] = [
  { header: 'WORKER', text: ({ hostname }) => printable(hostname), narrowest: 8 },
  { header: 'QUEUE', text: ({ queue }) => printable(textField(queue, 'name')), style: () => 'bold', narrowest: 8 },
  { header: 'EXCHANGE', text: ({ queue }) => exchangeOf(queue), narrowest: 8, dispensable: 2 },
  { header: 'ROUTING KEY', text: ({ queue }) => printable(textField(queue, 'routing_key')), dispensable: 1 },
  { header: 'IS', text: ({ queue }) => traitsOf(queue), dispensable: 3 },
  { header: 'ARGUMENTS', text: ({ queue }) => printable(textField(queue, 'queue_arguments')), dispensable: 4 },
];

export const queueReplies: ShowReplies = (replies, page) => {
  const rows = replies.flatMap(({ hostname, value }) => listOf(value).map((queue): QueueRow => ({ hostname, queue })));
  const idle = replies.filter(({ value }) => listOf(value).length === 0).map(({ hostname }) => printable(hostname));
  return [
    ...(rows.length > 0 ? table(columns, rows, page) : []),
    ...(idle.length > 0 ? [page.paint('dim', `No queue is consumed by ${idle.join(', ')}.`)] : []),
  ];
};

const exchangeOf = (queue: unknown): string => {
  const name = textField(queue, 'exchange', 'name') || '(default)';
  return printable(`${name}, ${textField(queue, 'exchange', 'type')}`);
};

const traitsOf = (queue: unknown): string =>
  ['durable', 'exclusive', 'auto_delete', 'no_ack'].filter((trait) => field(queue, trait) === true).join(' ');
