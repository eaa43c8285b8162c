import { type StatusView, statusOf, viewFrom } from '../../../desk/clusterStatus.ts';
import { figure, plural } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { interruptionCode } from '../interruption.ts';
import { Screen } from '../screen.ts';
import { statusScreen } from '../statusScreen.ts';
import { type Remote, remoteOf } from './remote.ts';

const everyMs = 1_000;
const noWorkers = 'No worker has contacted the server yet. Start one: celery -A YOUR_APP worker -E';

/** The status as a server knows it, at once. */
export const remoteStatus: RunCommand = async (context) => {
  const remote = await remoteOf(context);
  if (context.options.watch) return watch(context, remote);
  const { terminal, options } = context;
  const { view, omitted } = await readStatus(remote);
  if (options.json) terminal.json(statusOf(view));
  else for (const line of statusScreen(terminal.shown(view), endless(context))) terminal.line(line);
  if (omitted !== null) terminal.say(omitted);
  if (Object.keys(view.snapshot.workers).length > 0) return exitCode.ok;
  terminal.say(noWorkers);
  return exitCode.nothingFound;
};

interface Seen {
  readonly view: StatusView;
  /** What of a wide cluster is not shown. */
  readonly omitted: string | null;
}

export const readStatus = async (remote: Remote): Promise<Seen> => {
  const { totals, ...status } = await remote.get('Status', 'api/v1/status');
  const shown = { workers: Object.keys(status.workers), queues: status.queues, types: status.types };
  const parts = [
    [totals.workers - shown.workers.length, 'worker'],
    [totals.queues - shown.queues.length, 'queue'],
    [totals.types - shown.types.length, 'task type'],
  ] as const;
  const more = parts.filter(([count]) => count > 0).map(([count, what]) => plural(count, what));
  return {
    view: viewFrom(status),
    omitted:
      more.length === 0 ? null : `Not shown: ${more.join(', ')}, beyond ${figure(shown.workers.length)} by name.`,
  };
};

const endless = ({ terminal }: CommandContext) => ({
  width: terminal.width,
  paint: terminal.paint,
  height: Number.POSITIVE_INFINITY,
});

/** Once a second, on the screen or one JSON object a line; a server that is away is waited for. */
const watch = async (context: CommandContext, remote: Remote): Promise<number> => {
  const { terminal, options, interruption } = context;
  const screen = terminal.isScreen && !options.json ? new Screen(terminal) : null;
  let wasSeen = false;
  let lines: readonly string[] = [];
  screen?.open();
  try {
    while (!interruption.aborted) {
      try {
        const { view } = await readStatus(remote);
        wasSeen = true;
        lines = statusScreen(terminal.shown(view), screen === null ? endless(context) : terminal.page);
        if (options.json) terminal.json(statusOf(view));
        else if (screen === null) for (const line of [...lines, '']) terminal.line(line);
        else screen.draw(lines);
      } catch (error) {
        if (!wasSeen || interruption.aborted) throw error;
        const sentence = terminal.outlet.sentence(error instanceof Error ? error.message : String(error));
        if (screen === null) terminal.say(sentence);
        else screen.draw([...lines.slice(0, Math.max(0, terminal.height - 2)), '', terminal.paint('yellow', sentence)]);
      }
      await pause(everyMs, interruption);
    }
    return interruptionCode(interruption);
  } finally {
    screen?.close(lines);
  }
};
