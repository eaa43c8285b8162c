import type { AnswerPage } from '../../api/answers.ts';
import type { QueueDepth } from '../../api/model.ts';
import type { PeekedQueue } from '../../api/peek.ts';
import type { Shown } from '../../outlet/shown.ts';
import { peekColumns } from '../peekRows.ts';
import { table } from '../table.ts';
import { figure, plural, printable } from '../wording.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

interface PeekPage {
  readonly queue: string;
  readonly depth: QueueDepth;
  /** Null: they were not looked at. */
  readonly messages: Shown<PeekedQueue['messages']> | null;
  readonly touched: string | null;
}

/** A queue: its figures, and the messages at its head. */
export const peekPage = (place: PagePlace, { queue, depth, messages, touched }: PeekPage): AnswerPage => ({
  ...answerText({
    title: `Queue ${printable(queue)}`,
    head: headLine(place, figuresOf(depth).join(', ')),
    lines: messages === null || messages.length === 0 ? [] : table(peekColumns, messages, plainPage),
    notes: [noteOf(messages, depth), touched ?? ''].filter((note) => note !== ''),
    value: messages !== null && messages.length > 0 ? messages : null,
  }),
  byWorker: {},
});

const figuresOf = ({ ready, unacked, consumers, byPriority }: QueueDepth): string[] => [
  ready === null ? 'waiting messages unknown' : `${plural(ready, 'message')} waiting`,
  ...(unacked === null ? [] : [`${figure(unacked)} unacknowledged`]),
  ...(consumers === null ? [] : [plural(consumers, 'consumer')]),
  ...Object.entries(byPriority ?? {}).map(([step, waiting]) => `${figure(waiting)} at priority ${step}`),
];

const noteOf = (messages: PeekPage['messages'], { exists, ready }: QueueDepth): string => {
  if (!exists) return 'This queue does not exist yet.';
  if (messages === null) return ready === 0 ? 'The queue is empty.' : unpeeked;
  if (messages.length === 0) return 'The queue is empty.';
  return ready !== null && ready > messages.length ? `The next ${messages.length} messages, the first one on top.` : '';
};

const unpeeked =
  'Its messages are not shown here, because this broker marks messages as redelivered when they are read. "Peek into Queue…" shows them.';
