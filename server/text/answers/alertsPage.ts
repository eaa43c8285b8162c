import type { AnswerPage } from '../../api/answers.ts';
import type { AlertEntry } from '../../api/history.ts';
import type { Shown } from '../../outlet/shown.ts';
import { type Column, table } from '../table.ts';
import { dayAndTime, duration, figure, printable } from '../wording.ts';
import { wrapText } from '../wrapText.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

/** The alerts of a connection, open and ended, the newest first. */
export const alertsPage = (place: PagePlace, entries: Shown<readonly AlertEntry[]>): AnswerPage => {
  const open = entries.filter(({ resolvedAt }) => resolvedAt === null).length;
  return {
    ...answerText({
      title: 'Alert history',
      head: headLine(place, entries.length === 0 ? 'no alerts yet' : headOf(entries.length, open)),
      lines: entries.length === 0 ? [] : linesOf(entries, place.now),
      notes: [],
      value: entries.length > 0 ? entries : null,
    }),
    byWorker: {},
  };
};

const headOf = (all: number, open: number): string =>
  `${all === 1 ? '1 alert' : `${figure(all)} alerts`}, ${figure(open)} open, the newest first`;

/** The sentence is the last column; a long one goes on below itself. */
const linesOf = (entries: readonly AlertEntry[], now: number): string[] => {
  const [header = '', ...rows] = table(columnsAt(now), entries, plainPage);
  const before = header.length + 2;
  return [
    `${header}  ALERT`,
    ...rows.flatMap((row, at) => {
      const [first = '', ...more] = wrapText(printable(entries[at]?.sentence ?? ''), plainPage.width - before);
      return [`${row.padEnd(before)}${first}`, ...more.map((line) => `${' '.repeat(before)}${line}`)];
    }),
  ];
};

const columnsAt = (now: number): readonly Column<AlertEntry>[] => [
  { header: 'SINCE', text: ({ raisedAt }) => dayAndTime(raisedAt).slice(0, 19) },
  { header: 'STATE', text: ({ resolvedAt }) => (resolvedAt === null ? 'open' : 'ended') },
  {
    header: 'DURATION',
    text: ({ raisedAt, resolvedAt }) => duration(Math.round(((resolvedAt ?? now) - raisedAt) / 1_000)),
    align: 'right',
  },
  { header: 'SEVERITY', text: ({ severity }) => severity },
];
