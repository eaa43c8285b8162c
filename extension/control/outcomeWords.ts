import { t } from '@vscode/l10n';
import type { ControlOutcome, WorkerReply } from '../../server/api/control.ts';
import { workersWord } from '../rows/wording.ts';
import { partOf } from '../shown/plainLine.ts';
import { quoted } from '../shown/quoted.ts';
import { doneWords } from './doneWords.ts';
import type { Order } from './orderWords.ts';

/** What became of a command, in one sentence, and whether every worker succeeded. */
export interface OutcomeSummary {
  readonly sentence: string;
  readonly isAllWell: boolean;
}

export const summarize = (
  order: Pick<Order, 'method' | 'title' | 'words'>,
  { replies }: ControlOutcome,
): OutcomeSummary => {
  const { title } = order;
  const answered = replies.filter(({ kind }) => kind === 'answered');
  if (replies.length === 0) return { sentence: t('{0}: no workers are online.', title), isAllWell: false };
  if (answered.length < replies.length) return { sentence: mixed(title, replies, answered.length), isAllWell: false };
  const answers = new Set(replies.map(answerOf));
  const [answer = ''] = answers;
  const who = replies.length === 1 ? partOf(replies[0]?.hostname ?? '') : workersWord(replies.length);
  if (answers.size > 1) {
    const each = replies.map((reply) => `${partOf(reply.hostname)}: ${answerOf(reply)}`).join('; ');
    return { sentence: t('{0}: {1} done. {2}', title, who, quoted(each)), isAllWell: true };
  }
  const done = isNoChange(answer) ? null : doneWords(order, who);
  const said = answer === '' ? t('{0}: {1}', who, title) : `${who}: ${quoted(answer)}`;
  return { sentence: done ?? said, isAllWell: true };
};

/** Whether a worker answered that it had done so before (celery/worker/control.py: enable_events, disable_events). */
export const isNoChange = (answer: string): boolean => /\balready\b/.test(answer);

const mixed = (title: string, replies: readonly WorkerReply[], answered: number): string => {
  const [failed, ...others] = replies.filter((reply) => reply.kind !== 'answered');
  const first = failed ? `${partOf(failed.hostname)}: ${partOf(failed.sentence)}` : '';
  const more = others.length > 0 ? ` ${t('{0} more did not succeed.', others.length)}` : '';
  return t('{0}: {1} of {2} workers succeeded. {3}{4}', title, answered, replies.length, first, more);
};

/** All of it, one worker a line. */
export const outcomeText = (title: string, where: string, { replies, tookMs }: ControlOutcome): string => {
  const width = Math.max(6, ...replies.map(({ hostname }) => hostname.length));
  const rows = replies.map(
    (reply) => `${reply.hostname.padEnd(width)}  ${kindWords(reply).padEnd(9)}  ${answerOf(reply)}`,
  );
  return [
    `celery control ${title}`,
    `${where} · ${t('{0} of {1} workers succeeded in {2} ms', countAnswered(replies), replies.length, tookMs)}`,
    '',
    `${t('WORKER').padEnd(width)}  ${t('RESULT').padEnd(9)}  ${t('ANSWER')}`,
    ...rows,
    '',
  ].join('\n');
};

const countAnswered = (replies: readonly WorkerReply[]): number =>
  replies.filter(({ kind }) => kind === 'answered').length;

const kindWords = ({ kind }: WorkerReply): string => {
  switch (kind) {
    case 'answered':
      return t('done');
    case 'refused':
      return t('refused');
    case 'silent':
      return t('no answer');
    default:
      return kind satisfies never;
  }
};

/** `{"ok": "pool will grow"}` → pool will grow */
export const answerOf = (reply: WorkerReply): string => {
  if (reply.kind !== 'answered') return reply.sentence;
  const { value } = reply;
  const inner: unknown = typeof value === 'object' && value !== null && 'ok' in value ? value.ok : value;
  if (inner === null || inner === undefined) return '';
  return typeof inner === 'string' ? inner : JSON.stringify(inner);
};
