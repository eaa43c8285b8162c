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
    title: 'Audit log',
    head: headLine(place, `${entries.length === 1 ? '1 change' : `${entries.length} changes, newest first`}`),
    lines: entries.length > 0 ? table(columns, entries, plainPage) : ['No changes have been made on this connection.'],
    notes: isKept ? [] : ['Kept in memory only: the log is lost when the backend exits.'],
    value: entries.length > 0 ? entries : null,
  }),
  byWorker: {},
});

const columns: readonly Column<AuditEntry>[] = [
  { header: 'TIME', text: ({ at }) => dayAndTime(at).slice(0, 19) },
  { header: 'USER', text: ({ who }) => printable(who), narrowest: 8 },
  { header: 'ACTION', text: ({ action }) => printable(action) },
  { header: 'TARGET', text: ({ target }) => printable(target), narrowest: 10 },
  { header: 'RESULT', text: ({ outcome }) => outcome },
  { header: 'PARAMETERS', text: ({ parameters }) => parametersOf(parameters), narrowest: 12 },
  { header: 'MESSAGE', text: ({ sentence }) => printable(sentence ?? ''), narrowest: 12 },
];

const parametersOf = (parameters: AuditEntry['parameters']): string => {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return printable(words.join(' '));
};
