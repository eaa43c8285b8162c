import type { AnswerPage } from '../../api/answers.ts';
import { CeleriacError } from '../../api/errors.ts';
import type { AuditEntry } from '../../api/history.ts';
import { readResult } from '../../desk/readResult.ts';
import { peekColumns } from '../peekRows.ts';
import { resultScreen } from '../resultScreen.ts';
import { type Column, table } from '../table.ts';
import { dayAndTime, printable } from '../wording.ts';
import { answerText, headLine, plainPage } from './answerText.ts';
import type { Asked } from './asked.ts';

/** The messages at the head of a queue. */
export const peekAnswer = async ({ cluster, now }: Asked, queue: string, limit: number): Promise<AnswerPage> => {
  const { operations, outlet } = cluster;
  const [depth] = await operations.queueDepths([queue]);
  const { messages: found, touched } = await operations.peek(queue, limit);
  const messages = outlet.answer(found);
  const ready = depth?.ready ?? null;
  const page = answerText({
    title: `queue ${queue}`,
    head: headLine(
      cluster,
      now,
      `${messages.length} of ${ready ?? 'an unknown number of'} waiting messages, the next one first`,
    ),
    lines: messages.length > 0 ? table(peekColumns, messages, plainPage) : ['Nothing waits here.'],
    notes: touched === null ? [] : [touched],
    value: messages.length > 0 ? messages : null,
  });
  return { ...page, byWorker: {} };
};

/** What the result backend holds of a task. */
export const resultAnswer = async ({ cluster, now }: Asked, id: string): Promise<AnswerPage> => {
  const result = cluster.outlet.answer(await readResult(cluster, id));
  const page = answerText({
    title: `result ${id}`,
    head: headLine(cluster, now, result.found ? result.status : 'nothing found'),
    lines: result.found
      ? resultScreen(result, plainPage)
      : ['The result backend holds nothing of this task: it has not ended, ignores its result, or the id is wrong.'],
    notes: [],
    value: result.found ? result : null,
  });
  return { ...page, byWorker: {} };
};

/** Who changed what on this connection, the newest first. */
export const auditAnswer = async ({ cluster, now }: Asked): Promise<AnswerPage> => {
  const { history } = cluster;
  if (!history)
    throw new CeleriacError('unsupported', `Nothing is kept of what is done on ${cluster.connection.name}.`);
  const entries = cluster.outlet.answer(await history.audit({ limit: 500 }));
  const isKept = history.status.kind === 'file';
  const page = answerText({
    title: 'audit log',
    head: headLine(cluster, now, `${entries.length} changes, the newest first`),
    lines: entries.length > 0 ? table(auditColumns, entries, plainPage) : ['Nothing was changed on this connection.'],
    notes: isKept ? [] : ['It is kept in memory only, and gone when the backend ends.'],
    value: entries.length > 0 ? entries : null,
  });
  return { ...page, byWorker: {} };
};

const auditColumns: readonly Column<AuditEntry>[] = [
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
