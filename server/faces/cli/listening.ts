import { CeleriacError, type ErrorCode } from '../../api/errors.ts';
import type { Gap, LinkFailure, LinkState } from '../../api/model.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { readConnection } from './connection.ts';
import type { CommandContext, Interruption } from './context.ts';
import { exitCode } from './exitCodes.ts';
import { clockTime } from './wording.ts';

export interface ListeningHooks {
  readonly onEvent?: (event: Readonly<Record<string, unknown>>, receivedAt: number) => void;
  readonly onLink?: (link: LinkState) => void;
}

/** One cluster, watched for as long as a command runs. */
export interface Listening {
  readonly cluster: Cluster;
  readonly maskedUrl: string;
  /** Resolves with the first connection; rejects with the reason when the first attempt fails. */
  readonly firstLink: Promise<void>;
  /** How many workers were asked for a heartbeat; null where the broker does not tell. Rejects when none could be asked. */
  readonly called: Promise<number | null>;
  readonly wasLive: boolean;
  stop(): Promise<void>;
}

/** Starts to listen; the broker's libraries are loaded only here. */
export const listen = async (context: CommandContext, hooks: ListeningHooks = {}): Promise<Listening> => {
  const connection = await readConnection(context);
  const [{ createBroker }, { Cluster }] = await Promise.all([
    import('../../brokers/createBroker.ts'),
    import('../../cluster/cluster.ts'),
  ]);
  const broker = createBroker(connection);
  const firstLink = promised<void>();
  const called = promised<number | null>();
  let wasLive = false;
  const cluster = new Cluster({
    connection,
    broker,
    epoch: 'cli',
    now: Date.now,
    log: () => undefined,
    ...(hooks.onEvent ? { onEvent: hooks.onEvent } : {}),
    onLink: (link) => {
      if (link.kind === 'live') wasLive = true;
      if (link.kind === 'live') firstLink.resolve();
      if (link.kind === 'lost') firstLink.reject(asError(link.reason));
      hooks.onLink?.(link);
    },
    onGreeted: (workers, failure) => (failure ? called.reject(asError(failure)) : called.resolve(workers)),
  });
  cluster.start();
  return {
    cluster,
    maskedUrl: broker.maskedUrl,
    firstLink: firstLink.promise,
    called: called.promise,
    get wasLive() {
      return wasLive;
    },
    stop: () => Promise.race([cluster.stop(), patience()]),
  };
};

/**
 * Listens for a while from the moment of the first connection and ends early when `isEnough` or when interrupted.
 * Rejects when the broker cannot be reached.
 */
export const listenFor = async (
  context: CommandContext,
  { seconds, isEnough }: { readonly seconds: number; readonly isEnough?: (cluster: Cluster) => boolean },
): Promise<Heard> => {
  let look: () => void = () => undefined;
  const listening = await listen(context, { onEvent: () => look() });
  try {
    await Promise.race([listening.firstLink, interrupted(context.interruption)]);
    const startedAt = performance.now();
    const { terminal, interruption } = context;
    await new Promise<void>((resolve) => {
      const ticker = setInterval(() => {
        const left = Math.ceil(seconds - (performance.now() - startedAt) / 1000);
        terminal.sayForNow(`Listening on ${listening.maskedUrl} … ${left} s`);
      }, 250);
      const end = (): void => {
        clearInterval(ticker);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      look = () => (isEnough?.(listening.cluster) ? end() : undefined);
      if (interruption.aborted) end();
      else interruption.addEventListener('abort', end, { once: true });
    });
    terminal.endTalkLine();
    const snapshot = listening.cluster.snapshot();
    const { link } = snapshot;
    return {
      cluster: listening.cluster,
      seconds: (performance.now() - startedAt) / 1000,
      maskedUrl: listening.maskedUrl,
      gaps: snapshot.gaps,
      failure: link.kind === 'lost' ? link.reason : null,
    };
  } finally {
    await listening.stop();
  }
};

export interface Heard {
  readonly cluster: Cluster;
  /** How long it listened. */
  readonly seconds: number;
  readonly maskedUrl: string;
  readonly gaps: readonly Gap[];
  /** Why the connection was away in the end, when it was. */
  readonly failure: LinkFailure | null;
}

/** Tells what was missed while listening; resolves to the exit code that this leaves. */
export const tellGaps = ({ terminal }: CommandContext, { gaps, failure }: Pick<Heard, 'gaps' | 'failure'>): number => {
  for (const gap of gaps) terminal.say(gapSentence(gap));
  if (failure === null) return exitCode.ok;
  terminal.say(`celeriac: ${failure.sentence}`);
  return exitCode.failed;
};

export const gapSentence = ({ from, to, reason }: Gap): string =>
  `Events may be missing from ${clockTime(from)} to ${clockTime(to)}: ${reason}`;

export const asError = ({ code, sentence }: LinkFailure): CeleriacError =>
  new CeleriacError(code as ErrorCode, sentence);

/** Resolves when the command is interrupted; never, when it is not. */
export const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What an interruption means to the shell for a command whose answer is then incomplete. */
export const interruptionCode = (signal: AbortSignal): number => {
  if (!signal.aborted) return exitCode.ok;
  const reason = signal.reason as Interruption;
  if (reason === 'readerGone') return exitCode.ok;
  return reason === 'SIGTERM' ? exitCode.terminated : exitCode.interrupted;
};

interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** A promise settled from outside; nobody has to wait for it. */
const promised = <T>(): Promised<T> => {
  const parts = Promise.withResolvers<T>();
  parts.promise.catch(() => undefined);
  return parts;
};

const stopPatienceMs = 2_000;

const patience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, stopPatienceMs).unref();
  });
