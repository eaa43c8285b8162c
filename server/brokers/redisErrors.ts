import { CeleriacError, type ErrorCode, messageOf } from '../api/errors.ts';
import type { RedisEndpoint } from './redisTarget.ts';
import { cutSentence, explainSocketError } from './socketErrors.ts';

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

export const fullSentence = (endpoint: RedisEndpoint): string =>
  `Redis at ${addressOf(endpoint)} has reached its memory limit (maxmemory), so it refuses tasks, replies and results. Free memory there or raise the limit.`;

/** Turns whatever went wrong with Redis into a sentence that names the stage and one thing to do. */
export const explainRedisError = (error: unknown, place: RedisPlace): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const { endpoint } = place;
  const host = 'path' in endpoint ? endpoint.path : endpoint.host;
  const product = place.isSentinel ? 'the Redis sentinel' : 'Redis';
  const socket = explainSocketError(error, { product, address: addressOf(endpoint), host });
  if (socket) return socket;
  const message = messageOf(error);
  const [code, sentence] = explainReply(message, place);
  // Not the error itself: ioredis attaches the command, which for AUTH holds the password.
  return new CeleriacError(code, sentence, { cause: new Error(message) });
};

/** Redis' own error replies, and the few that ioredis makes up when a connection is gone. */
const explainReply = (message: string, place: RedisPlace): readonly [ErrorCode, string] => {
  const server = `${place.isSentinel ? 'The Redis sentinel' : 'Redis'} at ${addressOf(place.endpoint)}`;
  const words = message.slice(0, 200);
  if (message.startsWith('NOPERM')) return ['brokerPermission', noPermission(words, place)];
  if (/^NOAUTH|operation not permitted/i.test(message)) {
    return ['brokerAuth', `${server} asks for a password and none is given. ${whereToPutPassword(place)}`];
  }
  if (/^WRONGPASS|invalid password/i.test(message)) {
    const whose = place.user === null ? '' : ` of the user "${place.user}"`;
    return ['brokerAuth', `${server} refused the password${whose}. ${whereToPutPassword(place)}`];
  }
  if (/\bDB index\b/i.test(message)) {
    return ['brokerMissing', `${server} has no database ${place.db}. Correct the number at the end of the broker URL.`];
  }
  if (message.startsWith('OOM ')) return ['brokerUnreachable', fullSentence(place.endpoint)];
  if (/^(LOADING|MASTERDOWN|BUSY|UNBLOCKED|READONLY|MISCONF|NOREPLICAS|ERR max number of clients)/i.test(message)) {
    return ['brokerUnreachable', `${server} is not ready: ${words} Wait a moment, or look in its log.`];
  }
  if (message.startsWith('WRONGTYPE')) {
    return ['badRequest', `${server} has something of that name that is no queue of Celery. Correct the name.`];
  }
  if (/^(Connection is closed|The connection was closed|Command aborted|Stream isn't writeable)/.test(message)) {
    return [
      'brokerUnreachable',
      cutSentence(place.isSentinel ? 'the Redis sentinel' : 'Redis', addressOf(place.endpoint)),
    ];
  }
  return [
    'brokerProtocol',
    `The server at ${addressOf(place.endpoint)} did not answer as Redis does: ${words.replace('. Please report this.', '').replace(/\.$/, '')}. Check that it is Redis.`,
  ];
};

const whereToPutPassword = ({ isSentinel }: RedisPlace): string =>
  isSentinel
    ? 'Put it into the transport option sentinel_kwargs: {"password": …}.'
    : 'Correct it in the broker URL or in the connection.';

/** "this user has no permissions to run the 'x' command", "… to access one of the channels used as arguments". */
const noPermission = (words: string, { user, channel, keys }: RedisPlace): string => {
  const who = user === null ? 'The default user of Redis' : `The Redis user "${user}"`;
  const allow = `Allow it with: ACL SETUSER ${user ?? 'default'}`;
  const command = /'([\w|]+)' command/.exec(words)?.[1];
  if (command) return `${who} may not run ${command.toUpperCase()}. ${allow} +${command}.`;
  if (/channel/i.test(words) && channel)
    return `${who} may not ${channel.verb} ${channel.name}. ${allow} &${channel.name}.`;
  if (/\bkeys?\b/i.test(words) && keys) return `${who} may not use the keys ${keys}. ${allow} ~${keys}.`;
  return `${who} lacks a right that Celeriac needs (${words}). ${allow} and that right.`;
};
