import type { WorkerReply } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import type { InspectDocument, InspectMethod, InspectParams } from '../api/inspect.ts';
import { readControlArguments } from '../celery/controlArguments.ts';
import { controlMethods, isControlMethod, signatureOf, specOf } from '../celery/controlCommands.ts';
import { maskSecrets } from '../celery/maskSecrets.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Answered, replyScreen } from './cli/replies/replyScreen.ts';

const answerWithinMs = 2_000;
const pageWidth = 160;

/** What workers can be asked without anything being different afterwards. */
export const inspectMethods = (): InspectMethod[] =>
  controlMethods
    .filter((method) => specOf(method).group === 'inspect')
    .map((method) => {
      const { help, positional, named } = specOf(method);
      const all = [...positional, ...named];
      return {
        method,
        help,
        signature: signatureOf(method),
        takesArguments: all.length > 0,
        needsArguments: all.some((argument) => argument.isRequired),
      };
    });

/** Asks workers and writes their answers as a page: tables where they read better, and all of it as JSON below. */
export const inspect = async (cluster: Cluster, params: InspectParams, now: number): Promise<InspectDocument> => {
  const { method, words, destination } = params;
  if (!isControlMethod(method) || specOf(method).group !== 'inspect')
    throw new CeleriacError('badRequest', `Workers have no inspect command "${method}".`);
  const values = readControlArguments(method, words);
  const timeoutMs = (specOf(method).timeoutSeconds ?? 0) * 1_000 || answerWithinMs;
  const outcome = await cluster.operations.ask({ method, arguments: values, destination, timeoutMs });
  const replies = outcome.replies.map(withoutSecrets);
  const answers = replies.filter((reply): reply is Answered => reply.kind === 'answered');
  const sentences = replies.flatMap((reply) => (reply.kind === 'answered' ? [] : [sentenceOf(reply)]));
  const page = { width: pageWidth, paint: (_style: unknown, text: string) => text, now };
  const lines = [
    `celery inspect ${[method, ...words].join(' ')}`,
    `${cluster.snapshot().name} · ${new Date(now).toTimeString().slice(0, 8)} · ${answers.length} answered in ${outcome.tookMs} ms`,
    '',
    ...replyScreen({ method, arguments: values }, answers, page),
    ...(sentences.length > 0 ? ['', ...sentences] : []),
    ...(replies.length === 0 ? ['No worker is there to answer. Start one with "celery worker -E".'] : []),
    ...(answers.length > 0 ? ['', 'As JSON', '', JSON.stringify(byWorker(answers), null, 2)] : []),
    '',
  ];
  const count = (kind: WorkerReply['kind']): number => replies.filter((reply) => reply.kind === kind).length;
  return { text: lines.join('\n'), answered: answers.length, refused: count('refused'), silent: count('silent') };
};

const withoutSecrets = (reply: WorkerReply): WorkerReply =>
  reply.kind === 'answered' ? { ...reply, value: maskSecrets(reply.value) } : reply;

const sentenceOf = (reply: Exclude<WorkerReply, Answered>): string =>
  reply.kind === 'refused' ? `${reply.hostname} refused: ${reply.sentence}` : reply.sentence;

const byWorker = (answers: readonly Answered[]): Record<string, unknown> =>
  Object.fromEntries(answers.map(({ hostname, value }) => [hostname, value]));
