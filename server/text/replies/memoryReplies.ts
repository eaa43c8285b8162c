import { wordOf } from '../../celery/wordOf.ts';

import { type Column, table } from '../table.ts';
import { printable } from '../wording.ts';
import type { Answered, ShowReplies } from './replyScreen.ts';

const columns: readonly Column<Answered>[] = [
  { header: 'WORKER', text: ({ hostname }) => printable(hostname), style: () => 'bold', narrowest: 8 },
  { header: 'SAMPLES', text: (reply) => samplesOf(reply).join('  ') || 'none', narrowest: 8 },
  { header: 'WITHOUT GARBAGE', text: (reply) => endOf(reply) },
];

/** Earlier samples of the memory in use, and what is in use once garbage is collected (celery/utils/debug.py: memdump). */
export const memoryDumps: ShowReplies = (replies, page) => table(columns, replies, page);

const samplesOf = ({ value }: Answered): string[] =>
  [...wordOf(value).matchAll(/^- {4}> (.+?),?$/gm)].map((match) => printable(match[1] ?? ''));

const endOf = ({ value }: Answered): string => {
  const text = wordOf(value);
  if (text.includes('psutil not installed')) return 'unknown: psutil is not installed on the worker';
  return printable(/^- rss \(end\): (.+?)\.?$/m.exec(text)?.[1] ?? text.trim());
};
