import { join } from 'node:path';
import type { Broker, Lab } from '../../test/lab/lab.ts';
import { ensurePython, usualCelery } from '../setup/python.ts';
import { prepare } from '../setup/tiers.ts';

export type DemoBroker = 'filesystem' | 'redis' | 'rabbitmq';

export interface DemoConnection {
  readonly name: string;
  readonly url: string;
  readonly resultBackend: string;
  readonly transportOptions: Readonly<Record<string, unknown>>;
}

/** The shop's workers as a small company would split them. */
const staff = [
  { name: 'orders@shop', queues: ['default', 'priority'], concurrency: 2 },
  { name: 'emails@shop', queues: ['emails'], concurrency: 1 },
] as const;

export interface Shop {
  /** The connection to watch. */
  readonly connection: DemoConnection;
  /** What a worker of one's own needs to reach the same broker. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts the broker, the shop's workers, its schedule and its customers. */
export const startShop = async (lab: Lab, kind: DemoBroker, say: (sentence: string) => void): Promise<Shop> => {
  if (kind !== 'filesystem') await prepare('brokers', say);
  const { version } = await ensurePython(usualCelery, say);
  const broker = await startBroker(lab, kind);
  say(`starting ${staff.length} workers on Celery ${version} and the ${kind} broker …`);
  const data = join(lab.folder, 'shop');
  // As demo/shop/settings.py has it.
  const resultBackend = kind === 'redis' ? broker.url : `file://${join(data, 'results')}`;
  const env = { SHOP_SPEED: '1', SHOP_DATA: data };
  const start = (args: readonly string[], readyWhen: string) => lab.background({ broker, env, args, readyWhen });
  const celery = ['-m', 'celery', '-A', 'shop'];
  await Promise.all(
    staff.map(async ({ name, queues, concurrency }) => {
      const own = ['-n', name, '-Q', queues.join(','), '-c', String(concurrency), '--loglevel', 'INFO'];
      await start([...celery, 'worker', ...own], `${name} ready.`);
      say(`${name} is ready (queues ${queues.join(', ')})`);
    }),
  );
  await start([...celery, 'beat', '--schedule', join(lab.folder, 'beat-schedule')], 'maxinterval');
  await start(['-m', 'shop.traffic', '--rate', '1.5', '--most-waiting', '8', '--incidents'], 'Ctrl-C stops');
  say('the schedule runs, and customers come');
  // Settings take no password; RabbitMQ's well-known one is understood without being written.
  const url = broker.url.replace(':guest@', '@');
  const transportOptions = broker.transportOptions ?? {};
  return {
    connection: { name: `shop-${kind}`, url, transportOptions, resultBackend },
    environment: {
      ...env,
      CELERY_BROKER_URL: broker.url,
      CELERY_BROKER_TRANSPORT_OPTIONS: JSON.stringify(transportOptions),
    },
  };
};

const startBroker = (lab: Lab, kind: DemoBroker): Promise<Broker> => {
  switch (kind) {
    case 'filesystem':
      return lab.filesystem();
    case 'redis':
      return lab.redis();
    case 'rabbitmq':
      return lab.rabbitmq();
    default:
      return kind satisfies never;
  }
};
