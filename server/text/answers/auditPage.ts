import type { AnswerPage } from '../../api/answers.ts';
import type { AuditEntry } from '../../api/history.ts';
import type { Shown } from '../../outlet/shown.ts';
import { type Column, table } from '../table.ts';
import { dayAndTime, printable } from '../wording.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';

interface AuditPage {
  readonly entries: Shown<readonly AuditEntry[]>;
  /** Whether they outlast the process. */
  readonly isKept: boolean;
}

/** Who changed what on this connection, the newest first. */
export const auditPage = (place: PagePlace, { entries, isKept }: AuditPage): AnswerPage => ({
  ...answerText({
    title: 'audit log',
    head: headLine(place, `${entries.length} changes, the newest first`),
    lines: entries.length > 0 ? table(columns, entries, plainPage) : ['Nothing was changed on this connection.'],
    notes: isKept ? [] : ['It is kept in memory only, and gone when the backend ends.'],
    value: entries.length > 0 ? entries : null,
  }),
  byWorker: {},
});

const columns: readonly Column<AuditEntry>[] = [
  { header: 'WHEN', text: ({ at }) => dayAndTime(at).slice(0, 19) },
  { header: 'WHO', text: ({ who }) => printable(who), narrowest: 8 },
  { header: 'WHAT', text: ({ action }) => printable(action) },
  { header: 'OF', text: ({ target }) => printable(target), narrowest: 10 },
  { header: 'OUTCOME', text: ({ outcome }) => outcome },
  { header: 'WITH', text: ({ parameters }) => parametersOf(parameters), narrowest: 12 },
  { header: 'WORDS', text: ({ sentence }) => printable(sentence ?? ''), narrowest: 12 },
];

const parametersOf = (parameters: AuditEntry['parameters']): string => {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return printable(words.join(' '));
};
