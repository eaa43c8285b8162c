import type { ControlOutcome } from '../../api/control.ts';
import { inWords } from '../../api/phrase.ts';
import { taskNamesIn } from '../../celery/taskNamesIn.ts';
import { muteMailbox } from '../../cluster/silence.ts';
import { didYouMean } from '../../text/nearest.ts';
import { sentenceForStranger } from '../../text/sentenceForStranger.ts';
import { printable } from '../../text/wording.ts';
import type { Operating } from './operating.ts';
import { quoted } from './quoted.ts';

export interface Reasons {
  readonly refusals: readonly string[];
  readonly silence: readonly string[];
}

/** Who is asked for what is missing in the answers. */
export interface Explaining extends Pick<Operating, 'names'> {
  readonly operations: Pick<Operating['operations'], 'inspect'>;
}

/** Sentences about the workers that refused a command, and about those that did not answer. */
export const explain = async (
  cluster: Explaining,
  { arguments: values }: { readonly arguments: Readonly<Record<string, unknown>> },
  { replies }: ControlOutcome,
): Promise<Reasons> => {
  const refused = replies.filter((reply) => reply.kind === 'refused');
  const silent = replies.filter((reply) => reply.kind === 'silent');
  const task = values['task_name'];
  const isUnknown = refused.length > 0 && refused.every(({ sentence }) => sentence === unknownTask);
  return {
    refusals:
      isUnknown && typeof task === 'string'
        ? [await sentenceForTask(cluster, task, refused)]
        : refused.map(({ hostname, sentence }) => `${hostname} refused: ${printable(sentence)}`),
    silence: await explainSilence(cluster, silent),
  };
};

/** celery/worker/control.py: rate_limit, time_limit */
const unknownTask = 'unknown task';

type Named = readonly { readonly hostname: string }[];

const sentenceForTask = async ({ operations }: Explaining, task: string, refused: Named): Promise<string> => {
  const destination = refused.map(({ hostname }) => hostname);
  const { replies } = await operations.inspect({ method: 'registered', arguments: { builtins: true }, destination });
  const known = replies.flatMap((reply) => (reply.kind === 'answered' ? taskNamesIn(reply.value) : []));
  return `The task ${quoted(task)} is not registered at ${destination.join(', ')}.${didYouMean(task, known)}`;
};

type Silent = readonly { readonly hostname: string; readonly reason: string; readonly sentence: string }[];

/** Who was never heard of is either misspelt or out of reach; the broker may know which. */
const explainSilence = async (cluster: Explaining, silent: Silent): Promise<readonly string[]> => {
  const isUnheard = silent.some(({ reason }) => reason === 'noSuchWorker');
  const known = isUnheard ? await cluster.names().catch(() => []) : [];
  return silent.map(({ hostname, reason, sentence }) => {
    if (reason !== 'noSuchWorker') return sentence;
    return known.includes(hostname) ? inWords(muteMailbox(hostname)) : sentenceForStranger(hostname, known);
  });
};
