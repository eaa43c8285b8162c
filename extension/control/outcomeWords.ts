import { t } from '@vscode/l10n';
import type { ControlOutcome, WorkerReply } from '../../server/api/control.ts';
import { partOf } from '../shown/plainLine.ts';
import { quoted } from '../shown/quoted.ts';

/** What became of an order, in one sentence, and whether there is more to it than that. */
export interface OutcomeSummary {
  readonly sentence: string;
  readonly isAllWell: boolean;
}

export const summarize = (title: string, { replies }: ControlOutcome): OutcomeSummary => {
  const answered = replies.filter(({ kind }) => kind === 'answered');
  if (replies.length === 0) return { sentence: t('{0}: no worker is there to answer.', title), isAllWell: false };
  if (answered.length < replies.length) return { sentence: mixed(title, replies, answered.length), isAllWell: false };
  const answers = new Set(replies.map(answerOf));
  const [answer = ''] = answers;
  const who = replies.length === 1 ? partOf(replies[0]?.hostname ?? '') : t('{0} workers', replies.length);
  if (answers.size > 1) {
    const each = replies.map((reply) => `${partOf(reply.hostname)}: ${answerOf(reply)}`).join('; ');
    return { sentence: t('{0} did it. {1}', who, quoted(each)), isAllWell: true };
  }
  return { sentence: answer === '' ? t('{0}: {1}', who, title) : `${who}: ${quoted(answer)}`, isAllWell: true };
};

const mixed = (title: string, replies: readonly WorkerReply[], answered: number): string => {
  const [trouble, ...others] = replies.filter((reply) => reply.kind !== 'answered');
  const first = trouble ? `${partOf(trouble.hostname)}: ${partOf(trouble.sentence)}` : '';
  const more = others.length > 0 ? ` ${t('{0} more did not do it either.', others.length)}` : '';
  return t('{0}: {1} of {2} workers did it. {3}{4}', title, answered, replies.length, first, more);
};

/** All of it, one worker a line. */
export const outcomeText = (title: string, where: string, { replies, tookMs }: ControlOutcome): string => {
  const width = Math.max(6, ...replies.map(({ hostname }) => hostname.length));
  const rows = replies.map(
    (reply) => `${reply.hostname.padEnd(width)}  ${kindWords(reply).padEnd(8)}  ${answerOf(reply)}`,
  );
  return [
    `celery control ${title}`,
    `${where} · ${t('{0} of {1} did it, in {2} ms', countAnswered(replies), replies.length, tookMs)}`,
    '',
    `${t('WORKER').padEnd(width)}  ${t('DID IT').padEnd(8)}  ${t('ANSWER')}`,
    ...rows,
    '',
  ].join('\n');
};

const countAnswered = (replies: readonly WorkerReply[]): number =>
  replies.filter(({ kind }) => kind === 'answered').length;

const kindWords = ({ kind }: WorkerReply): string => {
  switch (kind) {
    case 'answered':
      return t('yes');
    case 'refused':
      return t('refused');
    case 'silent':
      return t('silent');
    default:
      return kind satisfies never;
  }
};

/** `{"ok": "pool will grow"}` → pool will grow */
const answerOf = (reply: WorkerReply): string => {
  if (reply.kind !== 'answered') return reply.sentence;
  const { value } = reply;
  const inner: unknown = typeof value === 'object' && value !== null && 'ok' in value ? value.ok : value;
  if (inner === null || inner === undefined) return '';
  return typeof inner === 'string' ? inner : JSON.stringify(inner);
};
