import { setImmediate as turn } from 'node:timers/promises';
import type { ClusterSnapshot, Gap, LinkFailure, LinkState } from '../../api/model.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ClusterState } from '../../state/clusterState.ts';
import { pause } from '../../waits/pause.ts';
import type { CommandContext } from './context.ts';
import { exitCode } from './exitCodes.ts';
import { Interrupted, orInterrupted } from './interruption.ts';
import { type Listening, listen } from './listening.ts';
import { gapSentence } from './statusScreen.ts';

/** Whether listening may end, asked after each event. */
export type IsEnough = (event: Readonly<Record<string, unknown>>, state: ClusterState) => boolean;

export interface Heard {
  readonly state: ClusterState;
  /** How long it listened. */
  readonly seconds: number;
  readonly maskedUrl: string;
  /** What makes it incomplete. */
  readonly gaps: readonly Gap[];
  readonly failure: LinkFailure | null;
}

/**
 * Listens for a while from the moment of the first connection; ends early when it is enough or when interrupted.
 * Rejects when the broker cannot be reached.
 */
export const listenFor = async (context: CommandContext, seconds: number, isEnough: IsEnough): Promise<Heard> => {
  const enough = new AbortController();
  const listening: Listening = await listen(context, {
    listeners: {
      limit: (event) => {
        if (isEnough(event, listening.cluster.state)) enough.abort();
      },
    },
  });
  try {
    await orInterrupted(listening.firstLink, context.interruption);
    if (!listening.wasLive) throw new Interrupted();
    const startedAt = performance.now();
    await countDown(context, listening, seconds, enough.signal);
    const heardSeconds = (performance.now() - startedAt) / 1000;
    await drain(listening.cluster);
    return { ...tell(listening), seconds: heardSeconds };
  } finally {
    await listening.stop();
  }
};

const countDown = async (
  { terminal, interruption }: CommandContext,
  { maskedUrl }: Listening,
  seconds: number,
  enough: AbortSignal,
): Promise<void> => {
  const endsAt = performance.now() + seconds * 1000;
  const show = (): void => {
    const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
    terminal.sayForNow(`Listening on ${maskedUrl} … ${left} s. Press Ctrl-C to show the results so far.`);
  };
  const ticker = setInterval(show, 500);
  await pause(seconds * 1000, AbortSignal.any([interruption, enough]));
  clearInterval(ticker);
  terminal.endTalkLine();
};

const drainPatienceMs = 5_000;

/** What had arrived when the time was over belongs to what was heard. */
const drain = async (cluster: Cluster): Promise<void> => {
  const until = performance.now() + drainPatienceMs;
  while (cluster.backlog > 0 && performance.now() < until) await turn();
};

const tell = ({ cluster, maskedUrl }: Listening): Omit<Heard, 'seconds'> => {
  const { gaps, link }: ClusterSnapshot = cluster.snapshot();
  return { state: cluster.state, maskedUrl, gaps, failure: failureOf(link) };
};

const failureOf = (link: LinkState): LinkFailure | null => {
  if (link.kind === 'lost') return link.reason;
  if (link.kind === 'live') return null;
  return { code: 'brokerUnreachable', sentence: 'The broker was not connected at the end.' };
};

/** Tells what was missed while listening; returns the exit code that this leaves. */
export const tellGaps = (
  { terminal }: Pick<CommandContext, 'terminal'>,
  { gaps, failure }: Pick<Heard, 'gaps' | 'failure'>,
): number => {
  for (const gap of gaps) terminal.say(gapSentence(terminal.shown(gap)));
  if (failure === null) return exitCode.ok;
  terminal.say(`celeriac: ${terminal.outlet.sentence(failure.sentence)}`);
  return exitCode.failed;
};
