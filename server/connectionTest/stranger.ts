import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SuggestedScheme } from '../api/connectionTest.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { ProbeTarget } from '../brokers/probe.ts';

/** Another kind of server than the one that the URL names. */
export interface Stranger {
  /** What answers, and what to do. */
  readonly what: Phrase;
  /** The scheme for it; null: it is no broker. */
  readonly scheme: SuggestedScheme | null;
}

/** Redis answers it, even before somebody has signed in; RabbitMQ refuses these eight bytes and names its own protocol. */
const greeting = 'PING\r\n\r\n';

/** Recognises what answers at a place by its first bytes; null: it is what the URL names, or it cannot be recognised. */
export const findStranger = async (target: ProbeTarget, signal: AbortSignal): Promise<Stranger | null> => {
  const { address, tls } = target;
  const first = await firstAnswer(target, signal);
  const isRedisUrl = /redis/i.test(target.product);
  if (first.startsWith('AMQP') && isRedisUrl) {
    const scheme = tls ? 'amqps' : 'amqp';
    return { what: phrase('test.isRabbitMq', { address, scheme }), scheme };
  }
  if (/^[+-]/.test(first) && !isRedisUrl) {
    const scheme = tls ? 'rediss' : 'redis';
    return { what: phrase('test.isRedis', { address, scheme }), scheme };
  }
  return first.startsWith('HTTP/') ? { what: phrase('test.isHttp', { address }), scheme: null } : null;
};

const firstAnswer = ({ endpoint, tls }: ProbeTarget, signal: AbortSignal): Promise<string> => {
  const answered = Promise.withResolvers<string>();
  const socket = tls ? connectTls({ ...tls(), ...endpoint }) : connectTcp(endpoint);
  const abort = (): void => answered.resolve('');
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  socket.once(tls ? 'secureConnect' : 'connect', () => socket.write(greeting));
  socket.once('data', (bytes) => answered.resolve(bytes.toString('latin1', 0, 16)));
  socket.once('error', () => answered.resolve(''));
  socket.once('close', () => answered.resolve(''));
  return answered.promise.finally(() => {
    signal.removeEventListener('abort', abort);
    socket.destroy();
  });
};
