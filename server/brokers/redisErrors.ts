import { CeleriacError, type ErrorCode, messageOf } from '../api/errors.ts';
import { type Phrase, phrase } from '../api/phrase.ts';
import type { RedisEndpoint } from './redisTarget.ts';
import { cutPhrase, explainSocketError } from './socketErrors.ts';

/** Where Redis failed us, and as whom. */
export interface RedisPlace {
  readonly endpoint: RedisEndpoint;
  /** `null` for Redis' default user. */
  readonly user: string | null;
  readonly db: number | null;
  readonly isSentinel: boolean;
  /** The channel or pattern in use, and what for. */
  readonly channel?: { readonly name: string; readonly verb: 'subscribe to' | 'publish to' };
  /** The keys in use, as an ACL pattern. */
  readonly keys?: string;
}

export const addressOf = (endpoint: RedisEndpoint): string => {
  if ('path' in endpoint) return endpoint.path;
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${endpoint.port}` : `${endpoint.host}:${endpoint.port}`;
};

export const fullPhrase = (endpoint: RedisEndpoint): Phrase => phrase('redis.full', { address: addressOf(endpoint) });

/** Turns whatever went wrong with Redis into a sentence that names the stage and one thing to do. */
export const explainRedisError = (error: unknown, place: RedisPlace): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const { endpoint } = place;
  const host = 'path' in endpoint ? endpoint.path : endpoint.host;
  const product = productOf(place);
  const socket = explainSocketError(error, { product, address: addressOf(endpoint), host });
  if (socket) return socket;
  const message = messageOf(error);
  const [code, what] = explainReply(message, place);
  // Not the error itself: ioredis attaches the command, which for AUTH holds the password.
  return new CeleriacError(code, what, { cause: new Error(message) });
};

const productOf = ({ isSentinel }: RedisPlace): string => (isSentinel ? 'Redis Sentinel' : 'Redis');

/** Redis' own error replies, and the few that ioredis makes up when a connection is gone. */
const explainReply = (message: string, place: RedisPlace): readonly [ErrorCode, Phrase] => {
  const server = { server: productOf(place), address: addressOf(place.endpoint) };
  const reason = message.slice(0, 200);
  if (message.startsWith('NOPERM')) return ['brokerPermission', noPermission(reason, place)];
  if (/^NOAUTH|operation not permitted/i.test(message))
    return ['brokerAuth', phrase(place.isSentinel ? 'sentinel.needsPassword' : 'redis.needsPassword', server)];
  if (/^WRONGPASS|invalid password/i.test(message)) return ['brokerAuth', wrongPassword(server, place)];
  if (/\bDB index\b/i.test(message))
    return ['brokerMissing', phrase('redis.noDatabase', { ...server, db: String(place.db) })];
  if (message.startsWith('OOM ')) return ['brokerUnreachable', fullPhrase(place.endpoint)];
  if (/^(LOADING|MASTERDOWN|BUSY|UNBLOCKED|READONLY|MISCONF|NOREPLICAS|ERR max number of clients)/i.test(message))
    return ['brokerUnreachable', phrase('redis.notReady', { ...server, reason })];
  if (message.startsWith('WRONGTYPE')) return ['badRequest', phrase('redis.wrongType', server)];
  if (/^(Connection is closed|The connection was closed|Command aborted|Stream isn't writeable)/.test(message))
    return ['brokerUnreachable', cutPhrase(server.server, server.address)];
  const answer = reason.replace('. This is a bug; report it.', '').replace(/\.$/, '');
  return ['brokerProtocol', phrase('redis.notRedis', { address: server.address, reason: answer })];
};

const wrongPassword = (server: { server: string; address: string }, { isSentinel, user }: RedisPlace): Phrase => {
  if (isSentinel) return phrase('sentinel.wrongPassword', server);
  return user === null ? phrase('redis.wrongPassword', server) : phrase('redis.wrongUser', { ...server, user });
};

/** "this user has no permissions to run the 'x' command", "… to access one of the channels used as arguments". */
const noPermission = (words: string, { user: own, channel, keys }: RedisPlace): Phrase => {
  const user = own ?? 'default';
  const command = /'([\w|]+)' command/.exec(words)?.[1];
  if (command) return phrase('redis.noCommand', { user, command: command.toLowerCase() });
  if (/channel/i.test(words) && channel)
    return phrase(channel.verb === 'subscribe to' ? 'redis.noSubscribe' : 'redis.noPublish', {
      user,
      channel: channel.name,
    });
  if (/\bkeys?\b/i.test(words) && keys) return phrase('redis.noKeys', { user, keys });
  return phrase('redis.noRight', { user, reason: words });
};
