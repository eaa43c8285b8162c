import { listOf, textField } from '../../../celery/field.ts';
import type { TaskOrder } from '../../../celery/taskMessage.ts';
import { taskNamesIn } from '../../../celery/taskNamesIn.ts';
import { dayAndTime, printable } from '../../../text/wording.ts';
import { askWorkers, type Question } from '../askWorkers.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { didYouMean } from '../nearest.ts';
import { type Operating, operate } from '../operating.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';

type Order = Omit<TaskOrder, 'id' | 'origin'> & { readonly id?: string };

/** Sends one task and prints its id. What nobody would run is not sent, unless --yes says that it is meant. */
export const runSend: RunCommand = (context) => {
  const order = readOrder(context);
  return operate(context, async (cluster) => {
    const doubts = context.options.yes ? [] : await findDoubts(context, cluster, order);
    if (doubts.length > 0) {
      for (const sentence of doubts) context.terminal.say(`celeriac: ${sentence}`);
      context.terminal.say('Nothing was sent; --yes sends it all the same.');
      return exitCode.nothingFound;
    }
    const id = await cluster.operations.send(order);
    tell(context, order, { id, where: cluster.maskedUrl });
    return exitCode.ok;
  });
};

const readOrder = ({ args, options }: CommandContext): Order => {
  const [name = ''] = args;
  const [queue = defaults.queue, another] = options.queue ?? [];
  if (name === '') throw new UsageError('The name of the task is empty.');
  if (another !== undefined) throw new UsageError('A task goes to one queue; --queue was given twice.');
  const now = Date.now();
  const eta = readEta(options, now);
  const expires = typeof options.expires === 'number' ? new Date(now + options.expires * 1000) : options.expires;
  if (expires && expires.getTime() <= Math.max(now, eta?.getTime() ?? now)) {
    throw new UsageError('The task would expire before it may run.');
  }
  return {
    name,
    args: options.args ?? [],
    kwargs: options.kwargs ?? {},
    queue,
    ...(options.priority === undefined ? {} : { priority: options.priority }),
    ...(eta ? { eta: eta.toISOString() } : {}),
    ...(expires ? { expires: expires.toISOString() } : {}),
    ...(options.id === undefined ? {} : { id: options.id }),
  };
};

const readEta = ({ eta, countdown }: CommandContext['options'], now: number): Date | null => {
  if (eta && countdown !== undefined) throw new UsageError('--eta and --countdown say the same: give one of them.');
  return countdown === undefined ? (eta ?? null) : new Date(now + countdown * 1000);
};

/** Why nobody would run it, as far as the workers that answer know. */
const findDoubts = async (context: CommandContext, cluster: Operating, { name, queue }: Order): Promise<string[]> => {
  const timeoutMs = (context.options.timeout ?? defaults.answerSeconds) * 1000;
  const ask = async (question: Pick<Question, 'method' | 'arguments'>): Promise<readonly unknown[] | null> => {
    const { replies } = await askWorkers(cluster, { ...question, destination: [], timeoutMs });
    const answered = replies.filter((reply) => reply.kind === 'answered');
    return answered.length === 0 ? null : answered.flatMap(({ value }) => listOf(value));
  };
  const [tasks, queues] = await Promise.all([
    ask({ method: 'registered', arguments: { builtins: true } }),
    ask({ method: 'active_queues', arguments: {} }),
  ]);
  const taskNames = tasks === null ? undefined : taskNamesIn(tasks);
  const queueNames = queues?.map((each) => textField(each, 'name'));
  return [
    ...(taskNames && !taskNames.includes(name)
      ? [`No worker knows a task ${quoted(name)}.${didYouMean(name, taskNames)}`]
      : []),
    ...(queueNames && !queueNames.includes(queue) ? [sentenceForQueue(queue, queueNames)] : []),
  ];
};

const sentenceForQueue = (queue: string, consumed: readonly string[]): string => {
  const names = [...new Set(consumed)].toSorted();
  const others = names.length === 0 ? ' They consume none.' : ` They consume ${names.map(printable).join(', ')}.`;
  return `No worker consumes the queue ${quoted(queue)}.${didYouMean(queue, names) || others}`;
};

interface Sent {
  readonly id: string;
  readonly where: string;
}

const tell = ({ terminal, options }: CommandContext, order: Order, { id, where }: Sent): void => {
  const { name, queue, eta, expires } = order;
  if (options.json) terminal.json({ id, name, queue, eta: eta ?? null, expires: expires ?? null });
  else terminal.line(id);
  if (!terminal.isHeard) return;
  const when = eta === undefined ? '' : ` To run from ${dayAndTime(Date.parse(eta)).slice(0, 19)} on.`;
  terminal.say(
    terminal.paintTalk('dim', `Sent ${printable(name)} to the queue ${printable(queue)} on ${where}.${when}`),
  );
};
