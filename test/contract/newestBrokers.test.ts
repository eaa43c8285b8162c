import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connect } from 'amqplib';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import type { Lab } from '../lab/lab.ts';
import type { RabbitmqOptions } from '../lab/rabbitmq.ts';
import { brokerContract } from './brokerContract.ts';
import { order } from './commandContract.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRabbitmq } from './rabbitmqSubject.ts';
import { openRecorded } from './recordedSession.ts';
import { openRedis } from './redisSubject.ts';

/** What RabbitMQ announces for the future: queues that are neither durable nor exclusive are refused. */
const future = { 'deprecated_features.permit.transient_nonexcl_queues': 'false' };

const quorumIsShown = async (lab: Lab, options: RabbitmqOptions): Promise<void> => {
  const rabbitmq = await lab.rabbitmq({ ...options, management: true });
  const model = await connect(rabbitmq.url);
  const channel = await model.createConfirmChannel();
  const durable = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
  for (const name of ['orders', 'celery_delayed_3', 'shop_celery_delayed_3']) await channel.assertQueue(name, durable);
  const session = await openRecorded(
    createAmqpBroker({ ...connectionTo(rabbitmq), transportOptions: { management_url: rabbitmq.managementUrl ?? '' } }),
  );
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) await session.publish(taskMessage(order({ id, queue: 'orders' }), Date.now()));
  assert.deepEqual(await session.queueNames(), ['orders']);
  const [depth] = await session.queueDepths(['orders']);
  assert.deepEqual([depth?.ready, depth?.management?.type], [5, 'quorum']);
  const peeked = await session.peek('orders', 2);
  assert.deepEqual(
    peeked.messages.map(({ taskId }) => taskId),
    ['a', 'b'],
  );
  const left: unknown[] = [];
  for (;;) {
    const message = await channel.get('orders', { noAck: true });
    if (message === false) break;
    left.push(message.properties.correlationId);
  }
  assert.deepEqual(left, ids);
  await session.close();
  await model.close();
};

describe('the newest brokers', { concurrency: 3 }, () => {
  brokerContract('Redis 8', () => openRedis({ isNewest: true }));
  brokerContract('RabbitMQ 4', () => openRabbitmq({ isNewest: true, config: future }));
  labTest('a quorum queue of RabbitMQ 4 is shown, and is as it was after a look into it', (lab) =>
    quorumIsShown(lab, { isNewest: true, config: future }),
  );
  labTest('a quorum queue of the installed RabbitMQ is shown, and is as it was after a look into it', (lab) =>
    quorumIsShown(lab, {}),
  );
});
