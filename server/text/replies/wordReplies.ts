import { isRecord } from '../../celery/isRecord.ts';
import { wordOf } from '../../celery/wordOf.ts';
import { type Column, table } from '../table.ts';
import { printable } from '../wording.ts';
import type { Answered, ShowReplies } from './replyScreen.ts';

/** Answers that are one word or sentence each. */
export const words: ShowReplies = (replies, page, { method }) => {
  const columns: readonly Column<Answered>[] = [
    { header: 'WORKER', text: ({ hostname }) => printable(hostname), style: () => 'bold', narrowest: 8 },
    { header: 'ANSWER', text: ({ value }) => printable(answerOf(value) || (silentAnswers[method] ?? 'done')) },
  ];
  return table(columns, replies, page);
};

/** What an empty answer means. */
const silentAnswers: Readonly<Record<string, string>> = {
  heartbeat: 'sent',
  memsample: 'unknown: psutil is not installed on the worker',
};

/** `{"ok": "pong"}` → pong, `{"clock": 42}` → 42 */
const answerOf = (value: unknown): string => {
  if (!isRecord(value)) return wordOf(value);
  const entries = Object.values(value);
  return entries.length === 1 ? wordOf(entries[0]) : wordOf(value);
};
