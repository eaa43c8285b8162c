import { createServer } from 'node:net';
import { Lab } from '../lab/lab.ts';
import type { RabbitmqOptions } from '../lab/rabbitmq.ts';
import { openAdmin } from './amqpAdmin.ts';
import type { ConnectedSubject } from './brokerContract.ts';
import { connectionTo } from './connectionTo.ts';

/** A RabbitMQ for the contract of brokers. */
export const openRabbitmq = async (options: RabbitmqOptions = {}): Promise<ConnectedSubject> => {
  const lab = await Lab.open();
  const rabbitmq = await lab.rabbitmq(options);
  const admin = openAdmin(rabbitmq);
  // The exchange of the events is there for good once anyone has needed it.
  await admin.publishEvents([]);
  const proxy = await lab.proxy(rabbitmq);
  const mute = createServer(() => undefined).unref();
  const mutePort = await new Promise<number>((resolve) => {
    mute.listen(0, '127.0.0.1', () => {
      const address = mute.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  await rabbitmq.ctl(['add_user', 'outsider', 'pass-of-outsider']);
  // What a killed process leaves expires after a minute, which is too long for a test; the shorter time counts.
  await rabbitmq.ctl(['set_policy', 'hasty', '^celeryev\\.celeriac\\.', '{"expires": 6000}', '--apply-to', 'queues']);
  const config = connectionTo(rabbitmq);
  const at = (authority: string, rest = '//') => ({ ...config, url: `amqp://${authority}${rest}` });
  const { host, port } = rabbitmq;

  return {
    config,
    product: /^RabbitMQ$/,
    secrets: ['pass-of-outsider', 'wrong-password'],
    badConnections: [
      {
        title: 'a wrong password',
        config: at(`guest:wrong-password@${host}:${port}`),
        code: 'brokerAuth',
        sentence: /refused the user "guest" or the password .*from the server itself/,
      },
      {
        title: 'a virtual host that does not exist',
        config: at(`guest:guest@${host}:${port}`, '/no%2Fsuch'),
        code: 'brokerMissing',
        sentence: /has no virtual host "no\/such".* rabbitmqctl add_vhost no\/such/,
      },
      {
        title: 'a virtual host that the user may not enter',
        config: at(`outsider:pass-of-outsider@${host}:${port}`),
        code: 'brokerPermission',
        sentence: /"outsider" has no permissions in the virtual host "\/".* rabbitmqctl set_permissions -p \/ outsider/,
      },
      {
        title: 'a port where nobody listens',
        config: at('guest:guest@127.0.0.1:1'),
        code: 'brokerUnreachable',
        sentence: /Connection refused at 127\.0\.0\.1:1\. Is RabbitMQ running/,
      },
      {
        title: 'a host that does not exist',
        config: at('guest:guest@no-such-host.invalid'),
        code: 'brokerUnreachable',
        sentence: /Host no-such-host\.invalid not found|could not be looked up/,
      },
      {
        title: 'TLS on a port without TLS',
        config: { ...config, url: `amqps://guest:guest@${host}:${port}//` },
        code: 'brokerTls',
        sentence: /does not (?:speak|use) TLS/,
      },
    ],
    batchesEvents: true,
    startWorker: (name) => lab.worker({ broker: rabbitmq, name }),
    sendTasks: async (count, queue = 'default') => {
      await lab.send({ broker: rabbitmq, task: 'lab.echo', args: [1], count, queue });
    },
    publishRaw: (bytes) => admin.publishEvents([bytes]),
    footprint: () => admin.footprint(),
    kill: () => rabbitmq.kill(),
    stallable: {
      config: at(`guest:guest@${proxy.host}:${proxy.port}`),
      stall: async () => proxy.stall(),
      resume: async () => proxy.resume(),
    },
    mute: at(`guest:guest@127.0.0.1:${mutePort}`),
    close: async () => {
      mute.close();
      await admin.close();
      await lab.close();
    },
  };
};
