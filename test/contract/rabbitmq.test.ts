import { describe } from 'node:test';
import { brokerContract, connectionContract } from './brokerContract.ts';
import { openRabbitmq } from './rabbitmqSubject.ts';

/** Each suite has a server of its own, and mostly waits for it. */
describe('RabbitMQ', { concurrency: 2 }, () => {
  brokerContract('RabbitMQ', openRabbitmq);
  connectionContract('RabbitMQ', openRabbitmq);
});
