import type { Broker, Lab } from '../../test/lab/lab.ts';
import { ensurePython, usualCelery } from '../setup/python.ts';
import { prepare } from '../setup/tiers.ts';

export type DemoBroker = 'filesystem' | 'redis' | 'rabbitmq';

export interface DemoConnection {
  readonly name: string;
  readonly url: string;
  readonly transportOptions: Readonly<Record<string, unknown>>;
}

/** The shop's workers as a small company would split them. */
const staff = [
  { name: 'orders@shop', queues: ['default', 'priority'], concurrency: 2 },
  { name: 'emails@shop', queues: ['emails'], concurrency: 1 },
] as const;

/** Starts the broker, the shop's workers and its customers; resolves with the connection to watch. */
export const startShop = async (
  lab: Lab,
  kind: DemoBroker,
  say: (sentence: string) => void,
): Promise<DemoConnection> => {
  if (kind !== 'filesystem') await prepare('brokers', say);
  const { version } = await ensurePython(usualCelery, say);
  const broker = await startBroker(lab, kind);
  say(`starting ${staff.length} workers on Celery ${version} and the ${kind} broker …`);
  const env = { SHOP_SPEED: '1' };
  await Promise.all(staff.map((each) => lab.worker({ broker, env, ...each })));
  sendTraffic(lab, broker, say);
  // Settings take no password; RabbitMQ's well-known one is understood without being written.
  const url = broker.url.replace(':guest@', '@');
  return { name: `shop-${kind}`, url, transportOptions: broker.transportOptions ?? {} };
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

/** Customers come for as long as the lab is open; closing it ends them too. */
const sendTraffic = (lab: Lab, broker: Broker, say: (sentence: string) => void): void => {
  const code = 'import sys\nsys.argv = ["traffic", "--rate", "2"]\nfrom shop.traffic import main\nmain()';
  lab
    .python({ broker, code, env: { SHOP_SPEED: '1' }, timeoutMs: 2 ** 31 - 1 })
    .then(({ code, stderr }) => {
      const why = stderr.trim().split('\n').at(-1);
      if (code !== 0 && why) say(`the customers stayed away: ${why}`);
    })
    .catch(() => undefined);
};
