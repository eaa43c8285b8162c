import { listOf, textField } from '../../../celery/field.ts';
import { taskNamesIn } from '../../../celery/taskNamesIn.ts';
import { callDoubt } from '../../../code/callDoubtSource.ts';
import { checkTask, type SendableTask, sendTask } from '../../../desk/sendTask.ts';
import { tellOnArrival } from '../../../desk/tellOnArrival.ts';
import type { WorkerCommand } from '../../../desk/tellWorkers.ts';
import { nearestNames } from '../../../text/nearest.ts';
import { dayAndTime, printable } from '../../../text/wording.ts';
import { askConsent, canAsk } from '../consent.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { type Operating, operate } from '../operating.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';

/** Sends one task and prints its id. What nobody would run is only sent when a person, or --force, says that it is meant. */
export const runSend: RunCommand = (context) => {
  const order = readOrder(context);
  const isMeant = context.options.force || context.options.yes;
  return operate(context, async (cluster) => {
    const doubts = isMeant ? [] : [...(await findDoubts(context, cluster, order)), ...(await doubtsOfCode(order))];
    if (doubts.length > 0 && !(await isMeantAllTheSame(context, order, doubts))) return exitCode.nothingFound;
    const id = await sendTask(cluster, order);
    tell(context, order, { id, where: cluster.maskedUrl });
    return exitCode.ok;
  });
};

const isMeantAllTheSame = async (
  context: CommandContext,
  { name }: SendableTask,
  doubts: readonly string[],
): Promise<boolean> => {
  if (canAsk(context)) {
    await askConsent(context, `Send ${printable(name)} anyway?`, doubts);
    return true;
  }
  for (const sentence of doubts) context.terminal.say(`celeriac: ${sentence}`);
  context.terminal.say('Nothing was sent. Add --force to send it anyway.');
  return false;
};

const readOrder = ({ args: [name = ''], options }: CommandContext): SendableTask => {
  const { args = [], kwargs = {}, id, priority, eta, countdown, expires } = options;
  const [queue = defaults.queue, another] = options.queue ?? [];
  if (another !== undefined) throw new UsageError('--queue can be given only once.');
  if (eta && countdown !== undefined) throw new UsageError('Use either --eta or --countdown, not both.');
  return checkTask({ name, args, kwargs, queue, id, priority, eta: eta ?? countdown, expires }, Date.now());
};

const everyWorker = { names: [], pattern: null };

/** Why nobody would run it, as far as the workers that answer know. */
const findDoubts = async (
  context: CommandContext,
  cluster: Operating,
  { name, queue }: SendableTask,
): Promise<string[]> => {
  const timeoutMs = (context.options.timeout ?? defaults.answerSeconds) * 1000;
  const ask = async (command: WorkerCommand): Promise<readonly unknown[] | null> => {
    const { replies } = await tellOnArrival(cluster, command, { destination: everyWorker, timeoutMs });
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
      ? [`No worker has the task ${quoted(name)} registered.${nearestNames(name, taskNames)}`]
      : []),
    ...(queueNames && !queueNames.includes(queue) ? [sentenceForQueue(queue, queueNames)] : []),
  ];
};

/** What the code of the project in this folder says of the arguments. */
const doubtsOfCode = async ({ name, args, kwargs }: SendableTask): Promise<readonly string[]> => {
  const doubt = await callDoubt('.', name, args, kwargs);
  return doubt === null ? [] : [printable(doubt)];
};

const sentenceForQueue = (queue: string, consumed: readonly string[]): string => {
  const names = [...new Set(consumed)].toSorted();
  const others =
    names.length === 0 ? ' Workers consume no queues.' : ` Workers consume ${names.map(printable).join(', ')}.`;
  return `No worker consumes the queue ${quoted(queue)}.${nearestNames(queue, names) || others}`;
};

interface Sent {
  readonly id: string;
  readonly where: string;
}

const tell = ({ terminal, options }: CommandContext, order: SendableTask, { id, where }: Sent): void => {
  const { name, queue, eta, expires } = order;
  if (options.json) terminal.json({ id, name, queue, eta: eta ?? null, expires: expires ?? null });
  else terminal.line(id);
  if (!terminal.isHeard) return;
  const when = eta === undefined ? '' : ` It starts at ${dayAndTime(Date.parse(eta)).slice(0, 19)} or later.`;
  terminal.say(
    terminal.paintTalk('dim', `Sent ${printable(name)} to the queue ${printable(queue)} on ${where}.${when}`),
  );
};
