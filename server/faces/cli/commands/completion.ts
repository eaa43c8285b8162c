import { listOf, textField } from '../../../celery/field.ts';
import { taskNamesIn } from '../../../celery/taskNamesIn.ts';
import { tellOnArrival } from '../../../desk/tellOnArrival.ts';
import type { WorkerCommand } from '../../../desk/tellWorkers.ts';
import { didYouMean } from '../../../text/nearest.ts';
import { printable } from '../../../text/wording.ts';
import { type ClusterNames, completeWords } from '../completion/completeWords.ts';
import { shellScripts, shells } from '../completion/shellScripts.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { operate } from '../operating.ts';
import { quoted } from '../quoted.ts';
import { UsageError } from '../usageError.ts';

/** Prints the script for a shell; that script calls this again for each word (`completion words -- …`). */
export const runCompletion: RunCommand = async (context) => {
  const { args, terminal } = context;
  const [what = '', ...words] = args;
  if (what === 'words' && context.vocabulary !== undefined) {
    const found = await completeWords(words, context.vocabulary, () => readNames(context, words));
    for (const word of terminal.shown([...new Set(found)])) terminal.line(printable(word));
    return exitCode.ok;
  }
  const shell = shells.find((each) => each === what);
  if (shell === undefined)
    throw new UsageError(
      `Unknown shell ${quoted(what)}.${didYouMean(what, shells) || ` Shells: ${shells.join(', ')}.`}`,
    );
  terminal.write(shellScripts[shell]);
  return exitCode.ok;
};

const everyWorker = { names: [], pattern: null };
const patienceMs = 700;
const none: ClusterNames = { workers: [], queues: [], tasks: [] };

/** Of the broker that the line names, else the environment; nothing where it cannot be asked, which is no error here. */
const readNames = async (context: CommandContext, words: readonly string[]): Promise<ClusterNames> => {
  const after = (option: string): string | undefined => words[words.indexOf(option) + 1];
  const broker = words.includes('--broker') ? after('--broker') : undefined;
  const config = words.includes('--config') ? after('--config') : undefined;
  const options = {
    ...context.options,
    ...(broker === undefined ? {} : { broker }),
    ...(config === undefined ? {} : { config }),
    timeout: patienceMs / 1_000,
  };
  try {
    return await operate({ ...context, options }, async (cluster) => {
      const ask = async (command: WorkerCommand): Promise<readonly (readonly [string, unknown])[]> => {
        const { replies } = await tellOnArrival(cluster, command, { destination: everyWorker, timeoutMs: patienceMs });
        return replies.flatMap(({ kind, hostname, ...reply }) =>
          kind === 'answered' && 'value' in reply ? [[hostname, reply.value] as const] : [],
        );
      };
      const [queues, tasks] = await Promise.all([
        ask({ method: 'active_queues', arguments: {} }),
        ask({ method: 'registered', arguments: {} }),
      ]);
      return {
        workers: queues.map(([hostname]) => hostname),
        queues: queues.flatMap(([, value]) => listOf(value).map((each) => textField(each, 'name') ?? '')),
        tasks: taskNamesIn(tasks.flatMap(([, value]) => listOf(value))),
      };
    });
  } catch {
    return none;
  }
};
