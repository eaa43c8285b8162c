import type { QueueDepth } from '../../../api/model.ts';
import { purgeQueue } from '../../../desk/purgeQueue.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { table } from '../../../text/table.ts';
import { figure, plural, printable } from '../../../text/wording.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { type Operating, operate } from '../operating.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';

/** Deletes what waits in the named queues, after it has said how much that is. */
export const runPurge: RunCommand = (context) => {
  const names = namesOf(context);
  requireConsent(context, 'A purge');
  return operate(context, async (cluster) => {
    const depths = await cluster.operations.queueDepths(names);
    const missing = depths.filter(({ exists }) => !exists);
    if (missing.length > 0) return tellMissing(context, cluster, missing);
    await askConsent(context, questionFor(depths, cluster.maskedUrl));
    return empty(context, cluster, names);
  });
};

const namesOf = ({ options }: CommandContext): readonly string[] => {
  const names = (options.queue ?? []).flatMap((each) => each.split(',')).map((each) => each.trim());
  if (names.length === 0 || names.includes('')) {
    throw new UsageError('"purge" requires a queue: celeriac purge -Q QUEUE.');
  }
  return [...new Set(names)];
};

/** "Delete 3 messages from a and 2 from b on redis://…? There is no way back." */
const questionFor = (depths: readonly QueueDepth[], where: string): string => {
  const parts = depths.map(({ name, ready }, index) => {
    const what = ready === null ? 'all messages' : index === 0 ? plural(ready, 'message') : figure(ready);
    return `${what} from ${printable(name)}`;
  });
  const list = [parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ');
  return `Delete ${list} on ${where}? This cannot be undone.`;
};

const tellMissing = async (
  { terminal }: CommandContext,
  { operations }: Operating,
  missing: readonly QueueDepth[],
): Promise<number> => {
  const known = (await operations.readQueues()).map(({ name }) => name);
  for (const { name } of missing) {
    terminal.say(`celeriac: The queue ${quoted(name)} is empty or does not exist.${didYouMean(name, known)}`);
  }
  terminal.say('Nothing was deleted.');
  return exitCode.nothingFound;
};

interface Emptied {
  readonly name: string;
  readonly count: number;
}

/** Whatever was deleted is told, also when a later queue could not be emptied. */
const empty = async (context: CommandContext, cluster: Operating, names: readonly string[]): Promise<number> => {
  const emptied: Emptied[] = [];
  try {
    for (const name of names) emptied.push({ name, count: await purgeQueue(cluster, name) });
  } finally {
    print(context, emptied);
  }
  return exitCode.ok;
};

const print = ({ terminal, options }: CommandContext, emptied: readonly Emptied[]): void => {
  if (options.json) {
    terminal.json(Object.fromEntries(emptied.map(({ name, count }) => [name, count])));
    return;
  }
  if (emptied.length === 0) return;
  const columns = [
    { header: 'QUEUE', text: ({ name }: Emptied) => printable(name), style: () => 'bold' as const },
    { header: 'DELETED', text: ({ count }: Emptied) => figure(count), align: 'right' as const },
  ];
  for (const line of table(columns, emptied, terminal.page)) terminal.line(line);
};
