import { setTimeout as wait } from 'node:timers/promises';
import { CeleriacError } from '../../../api/errors.ts';
import { wantedNames } from '../../../api/namePatterns.ts';
import { duration, figure, plural } from '../../../text/wording.ts';
import { within } from '../../../waits/within.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { EventLines } from '../eventLine.ts';
import { exitCode } from '../exitCodes.ts';
import { orInterrupted } from '../interruption.ts';
import { LinkTalk } from '../linkTalk.ts';
import { tellGaps } from '../listenFor.ts';
import { type Listening, listen } from '../listening.ts';
import { TaskNames } from '../taskNames.ts';

type Event = Readonly<Record<string, unknown>>;

/** Prints every event as it comes until it is interrupted, or as far as --seconds and --limit say. */
export const runEvents: RunCommand = async (context) => {
  const { terminal, options, interruption } = context;
  const talk = new LinkTalk(terminal);
  const enough = new AbortController();
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const isWanted = filterOf(context);
  let shown = 0;
  const write = options.json ? writeJson(context) : writeLine(context);
  const listening = await listen(context, {
    listeners: {
      output: (event, receivedAt) => {
        if (shown >= limit || interruption.aborted || !write(event, receivedAt, isWanted(event))) return;
        shown += 1;
        if (shown >= limit) enough.abort();
      },
    },
    onLink: (link) => talk.note(link),
  });
  try {
    void listening.firstLink.then(
      () => welcome(context, listening),
      () => undefined,
    );
    await orInterrupted(over(context, listening), AbortSignal.any([interruption, enough.signal]));
  } finally {
    talk.end();
    tellEnd(context, listening, shown);
    await listening.stop();
  }
  if (listening.wasLive) return exitCode.ok;
  if (!interruption.aborted) await tellMiss(context, listening);
  return exitCode.failed;
};

const filterOf = ({ options: { type, worker } }: CommandContext) => {
  const fitsType = wantedNames(type);
  const fitsWorker = wantedNames(worker);
  return (event: Event): boolean => fitsType(String(event['type'])) && fitsWorker(String(event['hostname']));
};

/** Writes an event when it is wanted; answers whether it was. */
type Write = (event: Event, receivedAt: number, isWanted: boolean) => boolean;

const writeJson =
  ({ terminal }: CommandContext): Write =>
  (event, receivedAt, isWanted) => {
    if (isWanted) terminal.eventLine({ ...event, local_received: receivedAt / 1000 });
    return isWanted;
  };

/** Names are learnt from every event, also from those that are not wanted. */
const writeLine = ({ terminal }: CommandContext): Write => {
  const lines = new EventLines();
  const names = new TaskNames();
  return (event, _receivedAt, isWanted) => {
    const name = names.of(event);
    if (isWanted) terminal.streamLine(lines.line(terminal.outlet.event(event), name, terminal.page));
    return isWanted;
  };
};

/**
 * The end of --seconds, counted from the first connection. Where none comes about they are counted from the start, and
 * a first attempt that is still going on is waited for a little longer.
 */
const over = async ({ options: { seconds } }: CommandContext, listening: Listening): Promise<void> => {
  if (seconds === undefined) return new Promise(() => undefined);
  const attempted = listening.firstLink.catch(() => undefined);
  await within(listening.live, seconds * 1000, () => attempted);
  if (listening.wasLive) await wait(seconds * 1000);
};

/** Why the first attempt failed was told when it did, unless it is still going on. */
const tellMiss = async ({ terminal, options }: CommandContext, listening: Listening): Promise<void> => {
  const { seconds = 0 } = options;
  const failure: unknown = await listening.firstLink.catch((error: unknown) => error);
  const isGoingOn = failure instanceof CeleriacError && failure.code === 'timeout';
  const miss = `${listening.maskedUrl} was not reachable within ${duration(seconds)}.`;
  terminal.say(`celeriac: ${isGoingOn ? failure.message : miss}`);
};

const welcome = ({ terminal, options }: CommandContext, listening: Listening): void => {
  if (!terminal.isHeard || (options.json && terminal.isScreen)) return;
  terminal.say(terminal.paintTalk('dim', `Listening on ${listening.maskedUrl}. Press Ctrl-C to stop.`));
};

/** What was missed is always told; how much there was only to a person. */
const tellEnd = ({ terminal }: CommandContext, { cluster }: Listening, shown: number): void => {
  const { counters, gaps } = cluster.snapshot();
  const dropped = terminal.droppedLines;
  if (terminal.isHeard) terminal.say(terminal.paintTalk('dim', `${plural(shown, 'event')}.`));
  if (counters.lost > 0) terminal.say(`${plural(counters.lost, 'event')} lost.`);
  tellGaps({ terminal }, { gaps, failure: null });
  if (dropped > 0) terminal.say(`${plural(dropped, 'line')} dropped: the reader of this output is too slow.`);
  const unshown = counters.listenerErrors['output'] ?? 0;
  if (unshown > 0) terminal.say(`${plural(unshown, 'event')} could not be shown. This is a bug; report it.`);
  if (counters.invalid === 0) return;
  const reasons = Object.entries(counters.invalidByReason).map(([reason, count]) => `${reason}: ${figure(count)}`);
  terminal.say(`${plural(counters.invalid, 'message')} could not be read (${reasons.join(', ')}).`);
};
