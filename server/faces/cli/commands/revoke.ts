import type { WorkerReply } from '../../../api/control.ts';
import { listOf, textField } from '../../../celery/field.ts';
import { isRecord } from '../../../celery/isRecord.ts';
import { wordOf } from '../../../celery/wordOf.ts';
import { revocation } from '../../../desk/revocation.ts';
import { tellOnArrival } from '../../../desk/tellOnArrival.ts';
import { plural, printable } from '../../../text/wording.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { explain } from '../explain.ts';
import { type Operating, operate } from '../operating.ts';
import type { Question } from '../question.ts';
import { UsageError } from '../usageError.ts';
import { tellOutcome } from './askWorkers.ts';

/** Has every worker skip tasks, after it has said where they are. */
export const runRevoke: RunCommand = async (context) => {
  if (context.options.query !== undefined || context.options.filter !== undefined) {
    if (context.args.length > 0) throw new UsageError('Use either task ids or --query, not both.');
    return (await import('./revokeMatching.ts')).revokeMatching(context);
  }
  if (context.args.length === 0) throw new UsageError('"revoke" requires a task id or --query QUERY.');
  const question = readQuestion(context);
  requireConsent(context, 'A revocation');
  return operate(context, async (cluster) => {
    const places = await findTasks(cluster, context.args, question.timeoutMs);
    await askConsent(context, questionFor(context, cluster.maskedUrl), detailsOf(context, places));
    const outcome = await tellOnArrival(cluster, question, question);
    const reasons = await explain(cluster, question, outcome);
    const code = tellOutcome(context, { group: 'control', question, outcome, ...reasons });
    for (const [id, place] of places)
      if (place.isActive && !context.options.terminate)
        context.terminal.say(
          `Task ${printable(id)} is running on ${place.hostname} and continues. Use --terminate to end it.`,
        );
    for (const id of context.args.filter((each) => !places.has(each))) {
      context.terminal.say(
        `No worker has task ${printable(id)}: it is waiting in a queue, has finished, or the id is wrong.`,
      );
    }
    return code;
  });
};

const everyWorker = { names: [], pattern: null };

const readQuestion = ({ args, options }: CommandContext): Question => {
  if (args.includes('')) throw new UsageError('A task id is empty.');
  const { signal, terminate, timeout = defaults.answerSeconds } = options;
  if (signal !== undefined && !terminate) throw new UsageError('--signal requires --terminate.');
  return { ...revocation({ ids: args, terminate, signal }), destination: everyWorker, timeoutMs: timeout * 1000 };
};

interface Place {
  /** "lab.sleep, active at w1@host". */
  readonly words: string;
  readonly hostname: string;
  readonly isActive: boolean;
}

/** The tasks that workers hold, by id. */
const findTasks = async (
  cluster: Operating,
  ids: readonly string[],
  timeoutMs: number | undefined,
): Promise<ReadonlyMap<string, Place>> => {
  const command = { method: 'query_task', arguments: { ids } } as const;
  const { replies } = await tellOnArrival(cluster, command, { destination: everyWorker, timeoutMs });
  return new Map(replies.flatMap(placesIn));
};

const placesIn = (reply: WorkerReply): readonly (readonly [string, Place])[] => {
  if (reply.kind !== 'answered' || !isRecord(reply.value)) return [];
  return Object.entries(reply.value).map(([id, entry]) => {
    const [state, info] = listOf(entry);
    const hostname = printable(reply.hostname);
    const words = printable(`${textField(info, 'name')}, ${wordOf(state)} at ${hostname}`);
    return [id, { words, hostname, isActive: state === 'active' }];
  });
};

const detailsOf = ({ args }: CommandContext, places: ReadonlyMap<string, Place>): readonly string[] =>
  args.map((id) => `${printable(id)}: ${places.get(id)?.words ?? 'not at any worker'}`);

const questionFor = ({ args, options }: CommandContext, where: string): string =>
  `${options.terminate ? 'Revoke and terminate' : 'Revoke'} ${plural(args.length, 'task')} on ${where}?`;
