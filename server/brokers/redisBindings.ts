import type { Redis } from 'ioredis';
import { bindingKey, type RedisNaming, readMember } from './redisNames.ts';
import { type Binding, routesTo } from './virtualRouting.ts';

/** Who is bound to an exchange (kombu/transport/redis.py: Channel.get_table). */
export const readBindings = async (client: Redis, naming: RedisNaming, exchange: string): Promise<readonly Binding[]> =>
  (await client.smembers(bindingKey(naming, exchange))).map((member) => readMember(naming, member));

/** The queues that a message with this routing key goes into; the exchange without a name routes by the queue's own. */
export const queuesFor = async (
  client: Redis,
  naming: RedisNaming,
  exchange: string,
  routingKey: string,
): Promise<readonly string[]> =>
  exchange === '' ? [routingKey] : routesTo(await readBindings(client, naming, exchange), routingKey);
