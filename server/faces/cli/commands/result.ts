import type { TaskResult } from '../../../api/results.ts';
import { isReadyState } from '../../../celery/resultStates.ts';
import type { ResultReader } from '../../../results/resultReader.ts';
import { resultScreen } from '../../../text/resultScreen.ts';
import { printable } from '../../../text/wording.ts';
import { readBackend } from '../backend.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { orInterruptedError } from '../interruption.ts';
import { UsageError } from '../usageError.ts';

/** Prints what the result backend holds of a task; with --wait, once it has ended. */
export const runResult: RunCommand = async (context) => {
  const { options, interruption } = context;
  if (options.timeout !== undefined && !options.wait) throw new UsageError('--timeout requires --wait.');
  const backend = await readBackend(context);
  const { createResultReader } = await import('../../../results/createResultReader.ts');
  const reader = createResultReader(backend);
  try {
    return tell(context, reader, await orInterruptedError(read(context, reader), interruption));
  } finally {
    context.terminal.endTalkLine();
    await reader.close();
  }
};

/** What a timer of Node can hold, some 24 days. */
const noLimitMs = 2 ** 31 - 1;

const read = ({ args, options, terminal }: CommandContext, reader: ResultReader): Promise<TaskResult> => {
  const [id = ''] = args;
  if (!options.wait) return reader.get(id);
  const show = ({ status }: Pick<TaskResult, 'status'>): void =>
    terminal.sayForNow(`Waiting for ${printable(id)} (${printable(status)}) … Press Ctrl-C to stop.`);
  show({ status: 'PENDING' });
  const timeoutMs = options.timeout === undefined ? noLimitMs : options.timeout * 1000;
  return reader.wait(id, { timeoutMs, onUpdate: show });
};

const tell = ({ terminal, options }: CommandContext, { maskedUrl }: ResultReader, result: TaskResult): number => {
  terminal.endTalkLine();
  if (options.json) terminal.json(result);
  else if (result.found) for (const line of resultScreen(terminal.shown(result), terminal.page)) terminal.line(line);
  if (!result.found) {
    terminal.say(
      `The result backend ${maskedUrl} has no result for task ${printable(result.id)}: the task has not finished, ignores its result, or the id is wrong.`,
    );
    return exitCode.nothingFound;
  }
  return isReadyState(result.status) && result.status !== 'SUCCESS' ? exitCode.taskFailed : exitCode.ok;
};
