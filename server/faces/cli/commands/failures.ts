import type { FailureGroup } from '../../../api/failures.ts';
import { duration, plural } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { failureColumns } from '../failureRows.ts';
import { interruptionCode, orInterrupted } from '../interruption.ts';
import { listen } from '../listening.ts';
import { printList } from '../printList.ts';
import { remoteOf } from '../remote/remote.ts';

/** Failures by their cause: those heard of while listening, or those that a server knows. */
export const runFailures: RunCommand = (context) =>
  context.options.server === undefined ? listenForFailures(context) : askServer(context);

const askServer: RunCommand = async (context) => {
  const remote = await remoteOf(context);
  const limit = context.options.limit ?? defaults.taskLimit;
  const { failures, total } = await remote.get('Failures', 'api/v1/failures', { limit });
  return show(context, failures, total, `Asked ${remote.name}`);
};

const listenForFailures: RunCommand = async (context) => {
  const { options, interruption } = context;
  const listening = await listen(context);
  try {
    await orInterrupted(listening.firstLink, interruption);
    const seconds = options.seconds ?? defaults.listenSeconds;
    await pause(seconds * 1_000, interruption);
    const all = Object.values(listening.cluster.snapshot().failures).sort((a, b) => b.lastSeenAt - a.lastSeenAt);
    const shown = all.slice(0, options.limit ?? defaults.taskLimit);
    const code = show(context, shown, all.length, `Listened ${duration(seconds)} on ${listening.maskedUrl}`);
    return interruptionCode(interruption) || code;
  } finally {
    await listening.stop();
  }
};

const show = (context: CommandContext, failures: readonly FailureGroup[], total: number, source: string): number => {
  const { terminal } = context;
  printList(context, { columns: failureColumns, rows: terminal.shown(failures), objects: failures });
  const part = failures.length < total ? `the first ${failures.length} of ` : '';
  const what = total === 0 ? 'no failures' : `${part}${plural(total, 'kind')} of failures`;
  if (terminal.isHeard || total === 0) terminal.say(terminal.paintTalk('dim', `${source}: ${what}.`));
  return exitCode.ok;
};
