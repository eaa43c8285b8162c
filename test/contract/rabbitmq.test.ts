import { brokerContract, connectionContract } from './brokerContract.ts';
import { openRabbitmq } from './rabbitmqSubject.ts';

brokerContract('RabbitMQ', openRabbitmq);
connectionContract('RabbitMQ', openRabbitmq);
