import { Redis } from 'ioredis';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { freePort } from '../lab/freePort.ts';
import { Lab, type LabRedis } from '../lab/lab.ts';
import type { RedisOptions } from '../lab/redis.ts';
import type { BadConnection, ConnectedSubject } from './brokerContract.ts';
import { connectionTo } from './connectionTo.ts';
import { startMuteServer } from './muteServer.ts';

const password = 'p@ss/w:rd#1';

/** A Redis for the contract of brokers. */
export const openRedis = async (options: RedisOptions = {}): Promise<ConnectedSubject> => {
  const lab = await Lab.open();
  const broker = await lab.redis({ ...options, password });
  const config = connectionTo(broker);
  const proxy = await lab.proxy(broker);
  const mute = await startMuteServer();
  const admin = new Redis({ host: broker.host, port: broker.port, password, retryStrategy: () => null });
  admin.on('error', () => undefined);

  return {
    config,
    product: /^(Redis|Valkey)$/,
    secrets: [password, encodeURIComponent(password), 'wrong-secret'],
    batchesEvents: true,
    badConnections: await badConnections(broker, config),
    startWorker: (name) => lab.worker({ broker, name }),
    sendTasks: async (count, queue = 'default') => {
      await lab.send({ broker, task: 'lab.echo', args: [1], count, queue });
    },
    publishRaw: async (bytes) => {
      await admin.publish('/0.celeryev/task.sent', bytes);
    },
    footprint: async () => [
      ...(await admin.keys('*')).sort(),
      ...(await admin.pubsub('CHANNELS')).map(String).sort(),
      String(await admin.pubsub('NUMPAT')),
    ],
    kill: () => broker.kill(),
    stallable: {
      config: { ...config, url: broker.url.replace(`:${broker.port}`, `:${proxy.port}`) },
      stall: async () => proxy.stall(),
      resume: async () => proxy.resume(),
    },
    mute: { ...config, url: `redis://:${encodeURIComponent(password)}@127.0.0.1:${mute.port}/0` },
    close: async () => {
      admin.disconnect();
      await mute.close();
      await lab.close();
    },
  };
};

const badConnections = async ({ host, port }: LabRedis, config: ConnectionConfig): Promise<BadConnection[]> => {
  const login = `:${encodeURIComponent(password)}@`;
  const at = (url: string): ConnectionConfig => ({ ...config, url });
  return [
    {
      title: 'a wrong password',
      config: at(`redis://:wrong-secret@${host}:${port}/0`),
      code: 'brokerAuth',
      sentence: /refused the password/,
    },
    {
      title: 'a missing password',
      config: at(`redis://${host}:${port}/0`),
      code: 'brokerAuth',
      sentence: /requires a password/,
    },
    {
      title: 'a database that is not there',
      config: at(`redis://${login}${host}:${port}/99`),
      code: 'brokerMissing',
      sentence: /no database 99/,
    },
    {
      title: 'a port where nothing listens',
      config: at(`redis://${login}${host}:${await freePort()}/0`),
      code: 'brokerUnreachable',
      sentence: /Connection refused at 127\.0\.0\.1:\d+/,
    },
    {
      title: 'a host that does not exist',
      config: at(`redis://${login}no-such-host.invalid/0`),
      code: 'brokerUnreachable',
      sentence: /no-such-host\.invalid/,
    },
    {
      title: 'TLS with a server that does not speak it',
      config: at(`rediss://${login}${host}:${port}/0`),
      code: 'brokerTls',
      sentence: /does not (?:speak|use) TLS/,
    },
    {
      title: 'a socket file that is not there',
      config: at('redis+socket:///no/such/redis.sock?virtual_host=0'),
      code: 'brokerUnreachable',
      sentence: /No socket at \/no\/such\/redis\.sock/,
    },
  ];
};
