import { CeleriacError, type ErrorCode } from '../../api/errors.ts';
import type { ConnectionConfig, LinkFailure, LinkState } from '../../api/model.ts';
import { secretsOf } from '../../brokers/secretsOf.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { EventListener } from '../../cluster/intakeSink.ts';
import type { History } from '../../history/history.ts';
import { duration } from '../../text/wording.ts';
import { within } from '../../waits/within.ts';
import { readConnection } from './connection.ts';
import type { CommandContext } from './context.ts';
import { serveHistory } from './serveHistory.ts';

export interface ListeningHooks {
  readonly listeners?: Readonly<Record<string, EventListener>>;
  readonly onLink?: (link: LinkState) => void;
  /** A beat has answered a ping; it is asked only by `lookForBeats`. */
  readonly onBeat?: (hostname: string) => void;
  /** Keeps the queues' depths up to date; without it they are read when asked. */
  readonly refreshIntervalMs?: number;
  /** One look at the health is all there will be. */
  readonly judgesAtOnce?: boolean;
  /** Whether the engine shall refuse what would change the cluster. */
  readonly isReadOnly?: boolean;
  /** Where to keep what happens, and to read on from what was kept; left out: nowhere. */
  readonly historyFolder?: string;
  /** What goes wrong besides; left out: it is not told. */
  readonly log?: (sentence: string) => void;
}

/** One cluster, watched for as long as a command runs. */
export interface Listening {
  readonly cluster: Cluster;
  readonly maskedUrl: string;
  readonly connection: ConnectionConfig;
  /** What was asked for with `historyFolder`. */
  readonly history: History | null;
  /**
   * Resolves with the first connection; rejects with the reason when the first attempt fails, or when it lasts longer
   * than the command may.
   */
  readonly firstLink: Promise<void>;
  /** Resolves with the first connection, however many attempts it takes. */
  readonly live: Promise<void>;
  /** How many workers were asked for a heartbeat; null where the broker does not tell. Rejects when none could be asked. */
  readonly called: Promise<number | null>;
  readonly wasLive: boolean;
  /** Starts to look for beats, which take a call for heartbeats and do not answer it. */
  lookForBeats(): void;
  stop(): Promise<void>;
}

/** Starts to listen; the broker's libraries are loaded only here. */
export const listen = async (context: CommandContext, hooks: ListeningHooks = {}): Promise<Listening> => {
  const connection = {
    ...(await readConnection(context)),
    ...(hooks.refreshIntervalMs === undefined ? {} : { refreshIntervalMs: hooks.refreshIntervalMs }),
    ...(hooks.isReadOnly === undefined ? {} : { isReadOnly: hooks.isReadOnly }),
  };
  for (const secret of secretsOf(connection)) context.terminal.outlet.hide(secret);
  const [{ createBroker }, { Cluster }] = await Promise.all([
    import('../../brokers/createBroker.ts'),
    import('../../cluster/cluster.ts'),
  ]);
  const broker = createBroker(connection);
  const { historyFolder, log = () => undefined } = hooks;
  const history = historyFolder === undefined ? null : await serveHistory(connection, historyFolder, log);
  const firstLink = promised<void>();
  const live = promised<void>();
  const called = promised<number | null>();
  const stopped = new AbortController();
  let wasLive = false;
  const cluster = new Cluster({
    connection,
    broker,
    epoch: 'cli',
    now: Date.now,
    log,
    ...(history ? { history } : {}),
    ...(hooks.listeners ? { listeners: hooks.listeners } : {}),
    judgesAtOnce: hooks.judgesAtOnce ?? false,
    onLink: (link) => {
      if (link.kind === 'live') {
        wasLive = true;
        firstLink.resolve();
        live.resolve();
      }
      if (link.kind === 'lost') firstLink.reject(asError(link.reason));
      hooks.onLink?.(link);
    },
    ...(hooks.onBeat ? { onBeat: hooks.onBeat } : {}),
    onGreeted: (workers, failure) => (failure ? called.reject(asError(failure)) : called.resolve(workers)),
  });
  await cluster.restore();
  cluster.start();
  const { seconds, timeout } = context.options;
  return {
    cluster,
    history,
    maskedUrl: broker.maskedUrl,
    connection,
    firstLink: withPatience(firstLink.promise, seconds ?? timeout, broker.maskedUrl),
    live: live.promise,
    called: called.promise,
    get wasLive() {
      return wasLive;
    },
    lookForBeats: () => {
      if (cluster.linkState.kind === 'live')
        void cluster.operations.lookForBeats(stopped.signal).catch(() => undefined);
    },
    stop: () => {
      stopped.abort();
      return within(stop(cluster, history), history ? writePatienceMs : stopPatienceMs, () => undefined);
    },
  };
};

const asError = ({ code, sentence }: LinkFailure): CeleriacError => new CeleriacError(code as ErrorCode, sentence);

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
/** What is not yet on disk is written first. */
const writePatienceMs = 12_000;

const stop = async (cluster: Cluster, history: History | null): Promise<void> => {
  await cluster.stop();
  await history?.close();
};

/** A command with a time limit waits no longer than that for a broker that does not answer, but long enough for a slow one. */
const shortestPatienceSeconds = 5;

const withPatience = (first: Promise<void>, limitSeconds: number | undefined, maskedUrl: string): Promise<void> => {
  if (limitSeconds === undefined) return first;
  const seconds = Math.max(limitSeconds, shortestPatienceSeconds);
  const limited = within(first, seconds * 1000, () => Promise.reject(unanswered(maskedUrl, seconds)));
  limited.catch(() => undefined);
  return limited;
};

const unanswered = (maskedUrl: string, seconds: number): CeleriacError =>
  new CeleriacError(
    'timeout',
    `${maskedUrl} did not answer within ${duration(seconds)}. Check the host and the port, whether the server hangs, and whether a firewall is in the way.`,
  );
