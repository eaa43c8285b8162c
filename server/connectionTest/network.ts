import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { CeleriacError, messageOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { ProbeTarget } from '../brokers/probe.ts';
import { explainSocketError } from '../brokers/socketErrors.ts';

/** The addresses of a name; null where there is none to look up. */
export const lookUp = async (target: ProbeTarget): Promise<readonly string[] | null> => {
  if ('path' in target.endpoint || isIP(target.endpoint.host)) return null;
  try {
    const found = await lookup(target.endpoint.host, { all: true });
    return found.map(({ address }) => address);
  } catch (error) {
    throw explain(error, target);
  }
};

export const reach = (target: ProbeTarget, signal: AbortSignal): Promise<void> =>
  opened(connectTcp(target.endpoint), 'connect', target, signal).then((socket) => void socket.destroy());

/** Shakes hands; resolves with the protocol that both agreed on. */
export const encrypt = async (
  target: ProbeTarget,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<string> => {
  const { endpoint } = target;
  const name = 'path' in endpoint || isIP(endpoint.host) ? {} : { servername: endpoint.host };
  const socket = connectTls({ ...name, ...options, ...endpoint });
  await opened(socket, 'secureConnect', target, signal);
  const protocol = socket.getProtocol() ?? 'TLS';
  socket.destroy();
  return protocol;
};

const opened = <S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  target: ProbeTarget,
  signal: AbortSignal,
): Promise<S> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once(event, () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
    socket.on('error', (error) => reject(explain(error, target)));
    socket.once('close', () => reject(explain(hungUp(), target)));
  });

const hungUp = (): Error => Object.assign(new Error('The other side closed the connection.'), { code: 'ECONNRESET' });

const explain = (error: unknown, { product, address, endpoint }: ProbeTarget): CeleriacError => {
  const host = 'path' in endpoint ? endpoint.path : endpoint.host;
  const message = messageOf(error);
  return (
    explainSocketError(error, { product, address, host }) ??
    new CeleriacError('brokerUnreachable', phrase('socket.failed', { address, reason: message }), { cause: error })
  );
};
