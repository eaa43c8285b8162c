import type { ClusterSnapshot } from '../../../api/model.ts';
import { type StatusView, statusOf, viewOf } from '../../../desk/clusterStatus.ts';
import { duration, plural } from '../../../text/wording.ts';
import { pause } from '../../../waits/pause.ts';
import { Answers } from '../answers.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { interruptionCode, orInterrupted } from '../interruption.ts';
import { type Listening, listen } from '../listening.ts';
import { statusScreen } from '../statusScreen.ts';

export const runStatus: RunCommand = async (context) => {
  if (context.options.server !== undefined) return (await import('../remote/remoteStatus.ts')).remoteStatus(context);
  return context.options.watch ? (await import('./statusWatch.ts')).watchStatus(context) : showStatus(context);
};

const showStatus: RunCommand = async (context) => {
  const { view, hint, code } = await lookAtCluster(context);
  if (view === null) return code;
  const { terminal, options } = context;
  if (options.json) terminal.json(statusOf(view));
  else for (const line of statusScreen(terminal.shown(view), screenOf(terminal))) terminal.line(line);
  if (hint !== null) terminal.say(hint);
  return code;
};

interface Look {
  /** Null: it was interrupted. */
  readonly view: StatusView | null;
  /** Who did not answer. */
  readonly hint: string | null;
  readonly code: number;
}

/** One look at a cluster, as soon as all workers have answered. */
export const lookAtCluster = async (context: CommandContext): Promise<Look> => {
  const { options, interruption } = context;
  const answers = new Answers();
  const listening = await listen(context, {
    listeners: { answers: answers.note },
    onBeat: answers.noteBeat,
    judgesAtOnce: true,
  });
  try {
    await orInterrupted(listening.firstLink, interruption);
    listening.lookForBeats();
    const timeoutSeconds = options.timeout ?? defaults.answerSeconds;
    const called = await answers.complete(listening.called, timeoutSeconds * 1000, interruption);
    if (options.seconds !== undefined) await pause(options.seconds * 1000, interruption);
    if (interruption.aborted) return { view: null, hint: null, code: interruptionCode(interruption) };
    await Promise.all([listening.cluster.waiting.look(), judge(listening)]);
    const view = viewOf(listening.cluster);
    const hint = hintOf(view.snapshot, { called, answered: answers.count, timeoutSeconds });
    const code = Object.keys(view.snapshot.workers).length === 0 ? exitCode.nothingFound : exitCode.ok;
    return { view, hint, code };
  } finally {
    await listening.stop();
  }
};

/** What the health rules look at beyond the workers' heartbeats; a broker that refuses this part leaves the rest. */
const judge = async ({ cluster: { operations, health } }: Listening): Promise<void> => {
  await Promise.allSettled([operations.readQueues(), health.survey(operations)]);
  health.evaluate();
};

interface Roll {
  readonly called: number | null;
  readonly answered: number;
  readonly timeoutSeconds: number;
}

/** One-shot output may scroll, so only its width is bound. */
const screenOf = ({ width, paint }: CommandContext['terminal']) => ({ width, paint, height: Number.POSITIVE_INFINITY });

const hintOf = (
  { workers }: Pick<ClusterSnapshot, 'workers'>,
  { called, answered, timeoutSeconds }: Roll,
): string | null => {
  const within = `within ${duration(timeoutSeconds)}`;
  if (Object.keys(workers).length === 0) {
    if (called === 0) return 'No worker is connected to this broker. Start one: celery -A YOUR_APP worker -E';
    const asked = called === null ? 'No worker' : `None of ${plural(called, 'worker')}`;
    return `${asked} answered ${within}. Start one with "celery -A YOUR_APP worker -E", or wait longer with --timeout.`;
  }
  if (called === null || answered >= called) return null;
  return `${plural(answered, 'worker')} of ${called} answered ${within}. Busy workers with the solo pool answer late: wait longer with --timeout.`;
};
