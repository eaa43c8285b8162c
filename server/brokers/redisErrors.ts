import { CeleriacError } from '../api/errors.ts';
import type { RedisEndpoint, RedisTarget } from './redisTarget.ts';
import { explainSocketError } from './socketErrors.ts';

/** What we were doing when Redis failed us. */
export type RedisStage = 'connect' | 'authenticate' | 'select' | 'subscribe' | 'publish' | 'live';

export interface RedisPlace {
  readonly endpoint: RedisEndpoint;
  readonly target: RedisTarget;
  readonly stage: RedisStage;
  /** The channel, pattern or command that is being used. */
  readonly object?: string;
}

export const addressOf = (endpoint: RedisEndpoint): string => {
  if ('path' in endpoint) return endpoint.path;
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
};

/** Turns whatever went wrong with Redis into a sentence that names the stage and one thing to do. */
export const explainRedisError = (error: unknown, place: RedisPlace): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const address = addressOf(place.endpoint);
  const host = 'path' in place.endpoint ? place.endpoint.path : place.endpoint.host;
  const socket = explainSocketError(error, { product: 'Redis', address, host, tls: place.target.tls !== null });
  if (socket) return socket;
  const message = error instanceof Error ? error.message : String(error);
  return (
    explainReply(message, address, place, error) ??
    new CeleriacError('brokerProtocol', plain(address, message), { cause: error })
  );
};

/** Redis' own error replies: a word in capitals, then text. */
const explainReply = (message: string, address: string, place: RedisPlace, cause: unknown): CeleriacError | null => {
  const { target, stage } = place;
  const who = target.user === null ? '' : ` of the user "${target.user}"`;
  if (message.startsWith('NOPERM'))
    return new CeleriacError('brokerPermission', noPermission(message, place), { cause });
  if (/^NOAUTH|^-?ERR operation not permitted/i.test(message)) {
    return new CeleriacError(
      'brokerAuth',
      `Redis at ${address} asks for a password and the broker URL has none. Add it: redis://:password@host.`,
      { cause },
    );
  }
  if (/^WRONGPASS|invalid password|invalid username-password/i.test(message)) {
    return new CeleriacError(
      'brokerAuth',
      `Redis at ${address} refused the password${who}. Update it in the connection.`,
      {
        cause,
      },
    );
  }
  if (stage === 'select') {
    return new CeleriacError(
      'brokerMissing',
      `Redis at ${address} has no database ${target.naming.db} (${message}). Correct the number at the end of the broker URL.`,
      { cause },
    );
  }
  if (/^LOADING|^MASTERDOWN|^CLUSTERDOWN|max number of clients/i.test(message)) {
    return new CeleriacError(
      'brokerUnreachable',
      `Redis at ${address} is not ready: ${message} Wait, or look in its log.`,
      {
        cause,
      },
    );
  }
  return null;
};

const plain = (address: string, message: string): string =>
  `Redis at ${address} answered in a way Celeriac does not understand: ${message.slice(0, 200)}. Is it a Redis server?`;

/** "this user has no permissions to run the 'x' command", "… to access one of the channels used as arguments". */
const noPermission = (message: string, { target, object, stage }: RedisPlace): string => {
  const user = target.user === null ? 'The default user' : `The Redis user "${target.user}"`;
  const command = /'([\w|]+)' command/.exec(message)?.[1];
  if (command)
    return `${user} may not run ${command.toUpperCase()}. Allow it: ACL SETUSER ${target.user ?? 'default'} +${command}.`;
  if (/channel/i.test(message)) {
    const verb = stage === 'publish' ? 'publish to' : 'subscribe to';
    return `${user} may not ${verb} the channel ${object ?? ''}. Allow it: ACL SETUSER ${target.user ?? 'default'} &${object ?? '*'}.`;
  }
  return `${user} lacks a right that Celeriac needs: ${message.slice(0, 200)}. Allow it with ACL SETUSER.`;
};
