import type { Redis } from 'ioredis';
import type { ServerInfo } from '../api/model.ts';

/** Redis and its kin tell their name in INFO; where an ACL forbids that, HELLO tells a little, or nobody does. */
export const readServerInfo = async (client: Redis): Promise<ServerInfo> => {
  const info = await readInfo(client, 'server');
  if (info) return serverFromInfo(info);
  try {
    const hello = await client.call('HELLO');
    return serverFromHello(Array.isArray(hello) ? hello : []);
  } catch {
    return { product: 'Redis', version: null };
  }
};

/**
 * How many connections Redis has cut off because they read too slowly, since it started; `null` where it does not tell
 * (before Redis 7, or by ACL).
 */
export const readCutOffs = async (client: Redis): Promise<number | null> => {
  const info = await readInfo(client, 'stats');
  const value = info?.get('client_output_buffer_limit_disconnections');
  return value === undefined ? null : Number(value);
};

/** `master` or `slave`; `null` where it does not tell. */
export const readRole = async (client: Redis): Promise<string | null> =>
  (await readInfo(client, 'replication'))?.get('role') ?? null;

/** Whether Redis is so full that it refuses what adds to it; `null` where it does not report that. */
export const readIsFull = async (client: Redis): Promise<boolean | null> => {
  const info = await readInfo(client, 'memory');
  const limit = Number(info?.get('maxmemory') ?? Number.NaN);
  if (Number.isNaN(limit)) return null;
  // redis.conf: what replicas and the append-only file buffer is not counted.
  const used = Number(info?.get('used_memory') ?? 0) - Number(info?.get('mem_not_counted_for_evict') ?? 0);
  return limit > 0 && info?.get('maxmemory_policy') === 'noeviction' && used > limit;
};

const readInfo = async (client: Redis, section: string): Promise<ReadonlyMap<string, string> | null> => {
  try {
    return parseInfo(await client.info(section));
  } catch {
    return null;
  }
};

const parseInfo = (text: string): ReadonlyMap<string, string> => {
  const fields = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return new Map(fields.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
};

const serverFromInfo = (info: ReadonlyMap<string, string>): ServerInfo => {
  const valkey = info.get('valkey_version');
  if (valkey) return { product: 'Valkey', version: valkey };
  const dragonfly = info.get('dragonfly_version');
  if (dragonfly) return { product: 'Dragonfly', version: dragonfly.replace(/^df-v?/, '') };
  return { product: 'Redis', version: info.get('redis_version') ?? null };
};

/** A flat list of names and values. */
const serverFromHello = (hello: readonly unknown[]): ServerInfo => {
  const fieldOf = (name: string): unknown => hello[hello.indexOf(name) + 1];
  const server = hello.includes('server') ? fieldOf('server') : null;
  const version = hello.includes('version') ? fieldOf('version') : null;
  return {
    product: server === 'valkey' ? 'Valkey' : 'Redis',
    version: typeof version === 'string' ? version : null,
  };
};
