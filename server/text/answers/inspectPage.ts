import type { AnswerPage } from '../../api/answers.ts';
import type { ControlOutcome, WorkerReply } from '../../api/control.ts';
import type { ControlMethod } from '../../celery/controlCommands.ts';
import { wordOf } from '../../celery/wordOf.ts';
import type { Shown } from '../../outlet/shown.ts';
import { type Answered, type Asked, replyScreen } from '../replies/replyScreen.ts';
import { answerText, headLine, type PagePlace, plainPage } from './answerText.ts';
import { inspectHints, type Picture } from './inspectHints.ts';
import type { MemorySamples } from './memorySamples.ts';
import { orderedJson } from './orderedJson.ts';

export interface InspectPage extends Asked {
  /** As typed. */
  readonly words: readonly string[];
  readonly outcome: Shown<ControlOutcome>;
  readonly byWorker: Shown<Readonly<Record<string, unknown>>>;
  readonly pictures: readonly Picture[];
}

/** What those questions are about that are asked every day. */
const titles: Partial<Record<ControlMethod, string>> = {
  active: 'Running tasks',
  active_queues: 'Consumed queues',
  conf: 'Configuration',
  ping: 'Ping',
  registered: 'Registered tasks',
  report: 'Report',
  reserved: 'Prefetched tasks',
  revoked: 'Revoked tasks',
  scheduled: 'Scheduled tasks',
  stats: 'Statistics',
};

const titleOf = (method: ControlMethod, asked: string): string => {
  const title = titles[method];
  return title === undefined ? asked : `${title} (${asked})`;
};

/** The answers of workers: tables where they read better, and all of it as JSON for the buttons. */
export const inspectPage = (
  place: PagePlace,
  { words, outcome, byWorker, pictures, ...asked }: InspectPage,
  samples: MemorySamples,
): AnswerPage => {
  const { method } = asked;
  const { replies } = outcome;
  const answers = replies.filter((reply): reply is Answered => reply.kind === 'answered');
  const page = answerText({
    title: titleOf(method, `inspect ${[method, ...words].join(' ')}`),
    head: headLine(place, `${answers.length} answered in ${outcome.tookMs} ms`),
    lines:
      method === 'memsample'
        ? memoryLines(place, answers, samples)
        : replyScreen(asked, answers, { ...plainPage, now: place.now }),
    notes: [
      ...replies.flatMap((reply) => (reply.kind === 'answered' ? [] : [sentenceOf(reply)])),
      ...inspectHints(method, replies, pictures),
      ...(replies.length === 0 ? ['No workers are online. Start one with "celery -A YOUR_APP worker -E".'] : []),
    ],
    value: answers.length > 0 ? byWorker : null,
  });
  return {
    ...page,
    byWorker: Object.fromEntries(answers.map(({ hostname, value }) => [hostname, orderedJson(value)])),
  };
};

const memoryLines = ({ clusterId, now }: PagePlace, answers: readonly Answered[], samples: MemorySamples): string[] => {
  const told = answers.filter(({ value }) => wordOf(value) !== '');
  samples.note(clusterId, now, new Map(told.map(({ hostname, value }) => [hostname, wordOf(value)])));
  const names = told.map(({ hostname }) => hostname);
  return names.length === 0 ? [] : samples.lines(clusterId, names);
};

const sentenceOf = (reply: Exclude<WorkerReply, Answered>): string =>
  reply.kind === 'refused' ? `${reply.hostname} refused: ${reply.sentence}` : reply.sentence;
