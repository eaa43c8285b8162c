import type { Redis } from 'ioredis';
import { replyExchange, replyQueue } from '../celery/controlReply.ts';
import { isOrphan, markPrefix } from './ownMark.ts';
import { bindingKey, bindingMember, queueKeys, type RedisNaming } from './redisNames.ts';
import { runPipeline } from './redisPipeline.ts';

const membersAtOnce = 10_000;

/**
 * Removes the reply queues of our own sessions on this host that were killed: neither their bindings nor their lists ever
 * expire. A user without the rights for it has left nothing either.
 */
export const pruneReplies = async (client: Redis, naming: RedisNaming): Promise<void> => {
  const key = bindingKey(naming, replyExchange);
  let cursor = '0';
  do {
    const [next, members] = await client.sscan(key, cursor, 'MATCH', `${markPrefix}*`, 'COUNT', membersAtOnce);
    const orphans = members.map((member) => member.split(naming.separator)[0] ?? '').filter(isOrphan);
    for (const oid of orphans) await removeReplies(client, naming, oid);
    cursor = next;
  } while (cursor !== '0');
};

export const removeReplies = async (client: Redis, naming: RedisNaming, oid: string): Promise<void> => {
  const queue = replyQueue(oid);
  await runPipeline(
    client
      .pipeline()
      .srem(bindingKey(naming, replyExchange), bindingMember(naming, oid, queue))
      .del(...queueKeys(naming, queue)),
  );
};
