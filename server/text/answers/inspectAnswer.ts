import type { AnswerPage, AnswerQuestion } from '../../api/answers.ts';
import type { WorkerReply } from '../../api/control.ts';
import { CeleriacError } from '../../api/errors.ts';
import { readControlArguments } from '../../celery/controlArguments.ts';
import { isControlMethod, specOf } from '../../celery/controlCommands.ts';
import { wordOf } from '../../celery/wordOf.ts';
import { type Answered, replyScreen } from '../replies/replyScreen.ts';
import { answerText, headLine, plainPage } from './answerText.ts';
import type { Asked } from './asked.ts';
import { inspectHints } from './inspectHints.ts';
import type { MemorySamples } from './memorySamples.ts';
import { orderedJson } from './orderedJson.ts';

const answerWithinMs = 2_000;

/** Asks workers and writes their answers as a page: tables where they read better, and all of it as JSON below. */
export const inspectAnswer = async (
  { cluster, now }: Asked,
  {
    method,
    words,
    destination,
    clusterId,
    timeoutMs: asked = answerWithinMs,
  }: Extract<AnswerQuestion, { kind: 'inspect' }>,
  samples: MemorySamples,
): Promise<AnswerPage> => {
  if (!isControlMethod(method) || specOf(method).group !== 'inspect')
    throw new CeleriacError('badRequest', `Workers have no inspect command "${method}".`);
  const values = readControlArguments(method, words);
  const timeoutMs = Math.max((specOf(method).timeoutSeconds ?? 0) * 1_000, asked);
  const outcome = cluster.outlet.answer(
    await cluster.operations.ask({ method, arguments: values, destination, timeoutMs }),
  );
  const { replies } = outcome;
  const answers = replies.filter((reply): reply is Answered => reply.kind === 'answered');
  const byWorker = Object.fromEntries(answers.map(({ hostname, value }) => [hostname, value]));
  const hints = await inspectHints(method, replies);
  const page = answerText({
    title: `inspect ${[method, ...words].join(' ')}`,
    head: headLine(cluster, now, `${answers.length} answered in ${outcome.tookMs} ms`),
    lines:
      method === 'memsample'
        ? memoryLines(clusterId, answers, samples, now)
        : replyScreen({ method, arguments: values }, answers, { ...plainPage, now }),
    notes: [
      ...replies.flatMap((reply) => (reply.kind === 'answered' ? [] : [sentenceOf(reply)])),
      ...hints,
      ...(replies.length === 0 ? ['No worker is there to answer. Start one with "celery worker -E".'] : []),
    ],
    value: answers.length > 0 ? cluster.outlet.answer(byWorker) : null,
  });
  return {
    ...page,
    byWorker: Object.fromEntries(answers.map(({ hostname, value }) => [hostname, orderedJson(value)])),
  };
};

const memoryLines = (
  clusterId: string,
  answers: readonly Answered[],
  samples: MemorySamples,
  now: number,
): string[] => {
  const told = answers.filter(({ value }) => wordOf(value) !== '');
  samples.note(clusterId, now, new Map(told.map(({ hostname, value }) => [hostname, wordOf(value)])));
  const names = told.map(({ hostname }) => hostname);
  return names.length === 0 ? [] : samples.lines(clusterId, names);
};

const sentenceOf = (reply: Exclude<WorkerReply, Answered>): string =>
  reply.kind === 'refused' ? `${reply.hostname} refused: ${reply.sentence}` : reply.sentence;
