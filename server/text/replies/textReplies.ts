import { listOf } from '../../celery/field.ts';
import { isRecord } from '../../celery/isRecord.ts';
import { wordOf } from '../../celery/wordOf.ts';
import { plural, printable } from '../wording.ts';
import type { Answered, ReplyPage, ShowReplies } from './replyScreen.ts';

/** The settings, by name. */
export const settings: ShowReplies = (replies, page) =>
  blocks(replies, page, ({ value }) => {
    const names = isRecord(value) ? Object.keys(value).toSorted() : [];
    return names.map((name) => `${printable(name)} = ${printable(wordOf(isRecord(value) ? value[name] : ''))}`);
  });

/** A text of several lines, such as a report: `{"ok": "…"}`, or as it is. */
export const texts: ShowReplies = (replies, page) =>
  blocks(replies, page, ({ value }) => {
    const text = wordOf(isRecord(value) && 'ok' in value ? value['ok'] : value);
    const lines = text.split('\n').map((line) => printable(line.trimEnd()));
    return lines.slice(
      lines.findIndex((line) => line !== ''),
      lines.findLastIndex((line) => line !== '') + 1,
    );
  });

/** Names or ids, one a line. */
export const lists =
  (noun: string): ShowReplies =>
  (replies, page) =>
    blocks(
      replies,
      page,
      ({ value }) => listOf(value).map((each) => printable(wordOf(each))),
      (count) => (count === 0 ? `no ${noun}s` : plural(count, noun)),
    );

/** Workers that say the same stand over one block. */
const blocks = (
  replies: readonly Answered[],
  { paint }: ReplyPage,
  linesOf: (reply: Answered) => readonly string[],
  summary: (count: number) => string = () => '',
): string[] => {
  const same = new Map<string, { readonly names: string[]; readonly lines: readonly string[] }>();
  for (const reply of replies) {
    const lines = linesOf(reply);
    const block = same.get(lines.join('\n')) ?? { names: [], lines };
    block.names.push(printable(reply.hostname));
    same.set(lines.join('\n'), block);
  }
  return [...same.values()].flatMap(({ names, lines }, index) => {
    const total = summary(lines.length);
    const heading = `${paint('bold', names.join(', '))}${total === '' ? '' : paint('dim', `  ${total}`)}`;
    return [...(index > 0 ? [''] : []), heading, ...lines.map((line) => `  ${line}`.trimEnd())];
  });
};
