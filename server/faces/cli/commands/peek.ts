import { peekQueue } from '../../../desk/peekQueue.ts';
import { peekColumns } from '../../../text/peekRows.ts';
import type { CommandContext } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { operate } from '../operating.ts';
import { printList } from '../printList.ts';
import { quoted } from '../quoted.ts';

const defaultLimit = 10;

/** Prints the messages at the head of a queue, the next to be delivered first. */
export const runPeek = (context: CommandContext, queue: string): Promise<number> =>
  operate(context, async (cluster) => {
    const { terminal, options } = context;
    const { messages, touched } = terminal.shown(await peekQueue(cluster, queue, options.limit ?? defaultLimit));
    printList(context, { columns: peekColumns, rows: messages, objects: messages });
    if (touched !== null) terminal.say(touched);
    if (messages.length > 0) return exitCode.ok;
    terminal.say(`The queue ${quoted(queue)} is empty or does not exist.`);
    return exitCode.nothingFound;
  });
