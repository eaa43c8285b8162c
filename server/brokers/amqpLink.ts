import { Socket } from 'node:net';
import type { ChannelModel, Options, SocketOptions } from 'amqplib';
import type { ServerInfo } from '../api/model.ts';
import {
  cancelledError,
  explainConnectError,
  explainEnd,
  explainVhostRefusal,
  isVhostRefusal,
  noAnswerError,
  silenceError,
} from './amqpErrors.ts';
import { askWhyRefused } from './amqpRefusal.ts';
import type { AmqpHost } from './amqpTarget.ts';

/** One AMQP connection that stands. */
export interface AmqpLink {
  readonly host: AmqpHost;
  readonly model: ChannelModel;
  readonly server: ServerInfo;
  /** Settles once: `null` after `close()`, otherwise why it ended. */
  readonly ended: Promise<Error | null>;
  /** Why it ended; null while it stands, and after `close()`. */
  readonly endReason: Error | null;
  /** Ends it at once and without a goodbye, for this reason. */
  fail(reason: Error): void;
  /** Says goodbye, for at most two seconds. */
  close(): Promise<void>;
}

/** RabbitMQ then sends something every 3 s, and drops us after some 15 s without a word from us. */
const heartbeatSeconds = 6;
/** Four heartbeats missed. amqplib's own check takes up to 18 s. */
const longestSilenceSeconds = 13;
const goodbyeMs = 2_000;

/** Loaded for the first connection: a window that watches another broker, or none, does not carry the library. */
export const loadAmqp = () => import('amqplib');

/** Connects to one host. `purpose` tells our connections apart in RabbitMQ's own list of connections. */
export const openLink = async (host: AmqpHost, purpose: string, signal: AbortSignal): Promise<AmqpLink> => {
  const amqp = await loadAmqp();
  if (signal.aborted) throw cancelledError(host);
  const login = loginOf(host, amqp.credentials);
  // Aborting it destroys the socket, whatever state it is in; amqplib itself offers no way to do that.
  const life = new AbortController();
  const abort = (): void => life.abort();
  signal.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(abort, host.connectTimeoutMs);
  try {
    return supervise(
      host,
      await amqp.connect(loginOptions(host, login), socketOptions(host, purpose, login, life.signal)),
      life,
    );
  } catch (error) {
    if (signal.aborted) throw cancelledError(host);
    if (life.signal.aborted) throw noAnswerError(host);
    if (!isVhostRefusal(error)) throw explainConnectError(error, host);
    throw explainVhostRefusal(host, await askWhyRefused(host, login.response()));
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', abort);
  }
};

const loginOptions = (host: AmqpHost, login: Login): Options.Connect => ({
  protocol: host.tls ? 'amqps' : 'amqp',
  hostname: host.host,
  port: host.port,
  // amqplib decodes it once more.
  vhost: encodeURIComponent(host.vhost),
  heartbeat: heartbeatSeconds,
  credentials: login,
});

type Login = NonNullable<Options.Connect['credentials']>;

const loginOf = (
  { loginMethod, user, password }: AmqpHost,
  credentials: typeof import('amqplib').credentials,
): Login => {
  switch (loginMethod) {
    case 'PLAIN':
      return credentials.plain(user, password);
    case 'AMQPLAIN':
      return credentials.amqplain(user, password);
    case 'EXTERNAL':
      return credentials.external();
    default:
      return loginMethod satisfies never;
  }
};

/** amqplib hands these to net.connect or tls.connect, which know more options than its types. */
const socketOptions = (host: AmqpHost, purpose: string, login: Login, signal: AbortSignal): SocketOptions => {
  const forSocket = { signal };
  return {
    ...host.tls?.(),
    ...forSocket,
    noDelay: true,
    credentials: login,
    clientProperties: {
      product: 'Celeriac',
      information: 'Celery in the editor',
      connection_name: `celeriac ${purpose}`,
    },
  };
};

const supervise = (host: AmqpHost, model: ChannelModel, life: AbortController): AmqpLink => {
  let reason: Error | null = null;
  let isClosing = false;
  let settle: (reason: Error | null) => void = () => undefined;
  const ended = new Promise<Error | null>((resolve) => {
    settle = resolve;
  });
  let isOver = false;
  let endReason: Error | null = null;
  const end = (error: Error | null): void => {
    if (!isOver) endReason = error;
    isOver = true;
    stopWatching();
    settle(error);
    life.abort();
  };
  const fail = (error: Error): void => {
    reason ??= error;
    end(isClosing ? null : reason);
  };
  model.on('error', (error: Error) => {
    reason ??= explainEnd(error, host);
  });
  model.on('close', (error?: Error) => end(isClosing ? null : (reason ?? explainEnd(error, host))));
  const stopWatching = watchSilence(socketOf(model), () => fail(silenceError(host, longestSilenceSeconds)));
  return {
    host,
    model,
    server: serverInfo(model),
    ended,
    get endReason() {
      return endReason;
    },
    fail,
    close: async () => {
      isClosing = true;
      const goodbye = setTimeout(() => end(null), goodbyeMs);
      // Rejects when the connection has ended before, which is all we want.
      model.close().catch(() => end(null));
      await ended;
      clearTimeout(goodbye);
    },
  };
};

/** Counts seconds in which our own event loop ran but no byte came, so that our own stalls are not blamed on the server. */
const watchSilence = (socket: Socket, onSilence: () => void): (() => void) => {
  let seen = socket.bytesRead;
  let silentSeconds = 0;
  const timer = setInterval(() => {
    silentSeconds = socket.bytesRead === seen ? silentSeconds + 1 : 0;
    seen = socket.bytesRead;
    if (silentSeconds >= longestSilenceSeconds) onSilence();
  }, 1_000);
  return () => clearInterval(timer);
};

/** amqplib's types leave the socket out. */
const socketOf = (model: ChannelModel): Socket => {
  const stream: unknown = Reflect.get(model.connection, 'stream');
  if (stream instanceof Socket) return stream;
  throw new Error('amqplib keeps its socket somewhere else now');
};

const serverInfo = ({ connection }: ChannelModel): ServerInfo => {
  const { product, version } = connection.serverProperties;
  return { product: product ?? 'AMQP server', version: version ?? null };
};
