import type { ControlCommand, ControlOutcome } from '../api/control.ts';
import type { QuietWorkers } from '../api/workerDetail.ts';

export interface QuietSource {
  /** Whose heartbeats were heard. */
  readonly heard: ReadonlySet<string>;
  /** Beats answer pings and send no heartbeats. */
  isBeat(hostname: string): boolean;
  /** Null: the broker does not tell. */
  mailboxNames(): Promise<readonly string[] | null>;
  ask(command: ControlCommand): Promise<ControlOutcome>;
}

const pingWithinMs = 1_000;
/** A broker may keep the mailboxes of thousands of pods that are gone. */
const askedAtOnce = 200;

/**
 * Workers of which no heartbeat tells: those that answer all the same, and mailboxes in which nobody does. Without anybody
 * in question nobody is asked.
 */
export const findQuietWorkers = async ({ heard, isBeat, mailboxNames, ask }: QuietSource): Promise<QuietWorkers> => {
  const names = await mailboxNames();
  const unheard = names?.filter((name) => !heard.has(name) && !isBeat(name)).slice(0, askedAtOnce) ?? null;
  const isNobodyInQuestion = unheard === null ? heard.size > 0 : unheard.length === 0;
  if (isNobodyInQuestion) return { answering: [], silent: [] };
  const { replies } = await ask({ method: 'ping', arguments: {}, destination: unheard, timeoutMs: pingWithinMs });
  const quiet = replies.filter(({ hostname }) => !heard.has(hostname) && !isBeat(hostname));
  const namesOf = (isSilent: boolean): string[] =>
    quiet.filter(({ kind }) => (kind === 'silent') === isSilent).map(({ hostname }) => hostname);
  return { answering: namesOf(false), silent: namesOf(true) };
};
