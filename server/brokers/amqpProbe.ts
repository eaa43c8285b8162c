import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { createAmqpBroker } from './amqp.ts';
import { openLink } from './amqpLink.ts';
import { type AmqpHost, readAmqpHosts } from './amqpTarget.ts';
import type { BrokerProbe, ProbeTarget } from './probe.ts';

export const createAmqpProbe = (config: ConnectionConfig): BrokerProbe => {
  const hosts = readAmqpHosts(config);
  return {
    broker: createAmqpBroker(config),
    targets: hosts.map(toTarget),
    place: phrase('test.virtualHost', { vhost: hosts[0]?.vhost ?? '/' }),
    encryptedScheme: 'amqps',
    enter: async (chosen, signal) => {
      const host = hosts.find(({ address }) => address === chosen?.address);
      if (!host) return;
      const link = await openLink(host, 'test', signal);
      await link.close();
    },
  };
};

const toTarget = ({ host, port, address, tls }: AmqpHost): ProbeTarget => ({
  product: 'RabbitMQ',
  address,
  endpoint: { host, port },
  tls,
});
