import { age } from '../../../api/figures.ts';
import type { BrokerOverview, Queue } from '../../../api/model.ts';
import { wantedNames } from '../../../api/namePatterns.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { plural } from '../../../text/wording.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { type Operating, operate } from '../operating.ts';
import { printList } from '../printList.ts';
import { queueColumns } from '../queueRows.ts';
import { quoted } from '../quoted.ts';
import { runPeek } from './peek.ts';

/** Shows what the broker and the workers tell of the queues. */
export const runQueues: RunCommand = (context) =>
  context.options.peek === undefined ? showQueues(context) : runPeek(context, context.options.peek);

const showQueues: RunCommand = (context) => {
  const wanted = context.options.queue ?? [];
  const named = wanted.filter((name) => !name.includes('*'));
  if (context.options.server !== undefined) return askServer(context, wanted);
  return operate(context, async (cluster) => {
    const all = await readQueues(cluster, named);
    return show(context, wanted, all, await cluster.operations.overview());
  });
};

const askServer = async (context: CommandContext, wanted: readonly string[]): Promise<number> => {
  const remote = await (await import('../remote/remote.ts')).remoteOf(context);
  const { queues, total, ...overview } = await remote.get('Queues', 'api/v1/queues', { limit: mostQueues });
  const all = queues.map(({ ageSeconds: _, ...queue }) => queue);
  const code = show(context, wanted, all, overview);
  if (total > all.length) context.terminal.say(`${plural(total - all.length, 'more queue')} not shown.`);
  const oldest = queues.reduce((most, { ageSeconds }) => Math.max(most, ageSeconds), 0);
  if (oldest > oldAfterSeconds)
    context.terminal.say(
      `The oldest figures are ${age(oldest * 1_000)} old. The server reads the queues in turn, and less often while nobody looks.`,
    );
  return code;
};

const mostQueues = 5_000;
const oldAfterSeconds = 30;

const show = (
  context: CommandContext,
  wanted: readonly string[],
  all: readonly Queue[],
  overview: BrokerOverview,
): number => {
  const fits = wantedNames(wanted);
  const queues = all
    .filter(({ name }) => fits(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  printList(context, { columns: queueColumns, rows: queues, objects: queues });
  tellOverview(context, context.terminal.shown(overview));
  return tellMissing(context, wanted, all) ?? (queues.length === 0 ? tellNone(context) : exitCode.ok);
};

/** Whom to wait for has to be known first where the broker does not tell how many there are. */
const readQueues = async (
  { called, meet, operations }: Operating,
  also: readonly string[],
): Promise<readonly Queue[]> => {
  if ((await called) === null) await meet();
  return operations.readQueues(also);
};

/** One sentence for each that was asked for by name and is not there. */
const tellMissing = ({ terminal }: CommandContext, wanted: readonly string[], all: readonly Queue[]): number | null => {
  const known = all.filter(({ exists }) => exists).map(({ name }) => name);
  const missing = wanted.filter((name) => !name.includes('*') && !all.some((queue) => queue.name === name));
  for (const name of missing) terminal.say(`No queue ${quoted(name)} found.${didYouMean(name, known)}`);
  return missing.length > 0 ? exitCode.nothingFound : null;
};

/** Alarms, held-up publishers, and why less is told than could be. */
const tellOverview = ({ terminal }: CommandContext, { alarms, blockedConnections, missing }: BrokerOverview): void => {
  for (const { sentence } of alarms ?? []) terminal.say(sentence);
  if (blockedConnections) terminal.say(`${plural(blockedConnections, 'connection')} blocked by the broker.`);
  if (missing) terminal.say(missing);
};

const tellNone = ({ terminal, options }: CommandContext): number => {
  terminal.say(
    options.queue
      ? 'No queue matches.'
      : 'No queues found: no worker consumes a queue, and the broker reports none. Name a queue without consumers with -Q.',
  );
  return exitCode.nothingFound;
};
