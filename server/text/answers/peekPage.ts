import type { AnswerPage } from '../../api/answers.ts';
import type { PeekedQueue } from '../../api/peek.ts';
import type { Shown } from '../../outlet/shown.ts';
import { peekColumns } from '../peekRows.ts';
import { table } from '../table.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

interface PeekPage {
  readonly queue: string;
  /** How many messages wait; null: the broker does not tell. */
  readonly ready: number | null;
  readonly messages: Shown<PeekedQueue['messages']>;
  readonly touched: string | null;
}

/** The messages at the head of a queue. */
export const peekPage = (place: PagePlace, { queue, ready, messages, touched }: PeekPage): AnswerPage => ({
  ...answerText({
    title: `queue ${queue}`,
    head: headLine(
      place,
      `${messages.length} of ${ready ?? 'an unknown number of'} waiting messages, the next one first`,
    ),
    lines: messages.length > 0 ? table(peekColumns, messages, plainPage) : ['Nothing waits here.'],
    notes: touched === null ? [] : [touched],
    value: messages.length > 0 ? messages : null,
  }),
  byWorker: {},
});
