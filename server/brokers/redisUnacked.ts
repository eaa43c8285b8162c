import type { Redis } from 'ioredis';
import { parseJson } from '../celery/parseJson.ts';
import { queuesFor } from './redisBindings.ts';
import type { RedisNaming } from './redisNames.ts';

/** Beyond these the messages that workers hold are not counted by queue: each is transferred as a whole. */
const mostMessages = 20_000;
const mostBytes = 16 * 1024 * 1024;
const messagesAtOnce = 500;

/**
 * How many messages of each queue workers hold: running, prefetched, or waiting for their ETA. Redis keeps those of all
 * queues in one hash, as `[envelope, exchange, routing key]`; `null` when they are too many to be looked through.
 */
export const countUnacked = async (client: Redis, naming: RedisNaming): Promise<ReadonlyMap<string, number> | null> => {
  const routes = await readRoutes(client, naming.globalKeyPrefix + naming.unackedKey);
  if (!routes) return null;
  const counts = new Map<string, number>();
  const queuesOf = new Map<string, readonly string[]>();
  for (const { exchange, routingKey } of routes) {
    const route = JSON.stringify([exchange, routingKey]);
    const queues = queuesOf.get(route) ?? (await queuesFor(client, naming, exchange, routingKey));
    queuesOf.set(route, queues);
    for (const queue of queues) counts.set(queue, (counts.get(queue) ?? 0) + 1);
  }
  return counts;
};

interface Route {
  readonly exchange: string;
  readonly routingKey: string;
}

const readRoutes = async (client: Redis, key: string): Promise<Iterable<Route> | null> => {
  if ((await client.hlen(key)) > mostMessages) return null;
  const routes = new Map<string, Route>();
  let cursor = '0';
  let bytes = 0;
  do {
    const [next, flat] = await client.hscan(key, cursor, 'COUNT', messagesAtOnce);
    for (let index = 0; index + 1 < flat.length; index += 2) {
      const [tag = '', text = ''] = flat.slice(index, index + 2);
      const route = readRoute(text);
      // A hash that grows meanwhile may show the same message twice.
      if (route) routes.set(tag, route);
      bytes += text.length;
    }
    if (bytes > mostBytes || routes.size > mostMessages) return null;
    cursor = next;
  } while (cursor !== '0');
  return routes.values();
};

const routeAtEnd = /,\s*("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")\]$/;
const longestRoute = 1_024;

/** Only the end is read: the envelope before it can be large. */
export const readRoute = (text: string): Route | null => {
  const [, exchange, routingKey] = routeAtEnd.exec(text.slice(-longestRoute)) ?? [];
  if (exchange === undefined || routingKey === undefined) return null;
  return { exchange: String(parseJson(exchange)), routingKey: String(parseJson(routingKey)) };
};
