import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { encodeTaskEnvelope } from '../celery/envelope.ts';
import type { TaskMessage } from '../celery/taskMessage.ts';
import { readBindings } from './redisBindings.ts';
import { priorityKey, type RedisNaming } from './redisNames.ts';
import { runPipeline } from './redisPipeline.ts';
import { queuesOfTask } from './virtualRouting.ts';

/** Puts a task where kombu would (kombu/transport/redis.py: Channel._put). */
export const publishTask = async (client: Redis, naming: RedisNaming, message: TaskMessage): Promise<void> => {
  const { exchange, routingKey } = message;
  const queues =
    exchange === '' ? [routingKey] : queuesOfTask(exchange, routingKey, await readBindings(client, naming, exchange));
  const transaction = client.multi();
  const envelope = encodeTaskEnvelope(message, randomUUID());
  for (const queue of queues) transaction.lpush(priorityKey(naming, queue, message.properties.priority), envelope);
  await runPipeline(transaction);
};
