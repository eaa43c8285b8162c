import type { Lab } from '../lab/lab.ts';
import { openAmqpPublisher } from './amqpPublisher.ts';
import type { Publisher } from './publisher.ts';
import { openRedisPublisher } from './redisPublisher.ts';

/** A part of a broker that one subject has to itself, so that several can live side by side. */
export interface Place {
  readonly url: string;
  publisher(): Promise<Publisher>;
}

/** A real broker with its default settings. */
export interface Stage {
  readonly name: 'Redis' | 'RabbitMQ';
  place(): Promise<Place>;
}

const databases = 16;

export const openRedisStage = async (lab: Lab): Promise<Stage> => {
  const { host, port } = await lab.redis();
  let places = 0;
  return {
    name: 'Redis',
    place: async () => {
      const url = `redis://${host}:${port}/${places++ % databases}`;
      return { url, publisher: () => openRedisPublisher(url) };
    },
  };
};

export const openRabbitmqStage = async (lab: Lab): Promise<Stage> => {
  const { host, port, ctl } = await lab.rabbitmq();
  let places = 0;
  return {
    name: 'RabbitMQ',
    place: async () => {
      const vhost = `bench${places++}`;
      await ctl(['add_vhost', vhost]);
      await ctl(['set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*']);
      const url = `amqp://guest:guest@${host}:${port}/${vhost}`;
      return { url, publisher: () => openAmqpPublisher(url) };
    },
  };
};
