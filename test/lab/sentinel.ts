import type { Broker } from './broker.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { type LabRedis, startRedis } from './redis.ts';
import { startSentinelNode } from './sentinelNode.ts';
import { until } from './until.ts';

export interface SentinelOptions {
  /** How many sentinels watch; the default is 3, and a majority of them decides. */
  readonly sentinels?: 1 | 2 | 3;
  readonly password?: string;
}

export interface LabSentinel extends Broker {
  readonly transportOptions: { readonly master_name: string };
  /** The port of the master that a majority of the sentinels names now. */
  masterPort(): Promise<number>;
  /** The servers themselves, master first as it was at the start. */
  readonly nodes: readonly [LabRedis, LabRedis];
  /** Kills the master and resolves with the port of the new one, once every sentinel names it and it takes writes. */
  failover(): Promise<number>;
}

const masterName = 'lab-master';

export const startSentinel = async (
  keeper: Keeper,
  name: string,
  { sentinels: count = 3, password }: SentinelOptions = {},
): Promise<LabSentinel> => {
  const secret: Record<string, string> = password === undefined ? {} : { masterauth: password };
  const options = {
    ...(password === undefined ? {} : { password }),
    config: { ...secret, 'repl-diskless-sync-delay': '0' },
  };
  const master = await startRedis(keeper, `${name}-a`, options);
  const replicaOf = { ...options.config, replicaof: `${master.host} ${master.port}` };
  const replica = await startRedis(keeper, `${name}-b`, { ...options, config: replicaOf });
  const watch = { masterName, masterPort: master.port, quorum: Math.floor(count / 2) + 1, password };
  const sentinels = await Promise.all(
    Array.from({ length: count }, (_, index) => startSentinelNode(keeper, `${name}-s${index + 1}`, watch)),
  );
  await until('the replica follows its master', async () => (await replica.cli(['role'])).includes('connected'));
  await until('the sentinels know each other and the replica', async () => {
    const views = await Promise.all(sentinels.map((one) => one.view()));
    return views.every((view) => view.replicas === 1 && view.otherSentinels === count - 1);
  });

  const nodeAt = (port: number): LabRedis => {
    const node = [master, replica].find((one) => one.port === port);
    if (!node) throw new LabLacks(`the sentinels name a master on port ${port}, which is not the lab's`);
    return node;
  };
  const agreedPort = async (): Promise<number | undefined> => {
    const named = new Set((await Promise.all(sentinels.map((one) => one.view()))).map((view) => view.masterPort));
    return named.size === 1 ? [...named][0] : undefined;
  };
  const masterPort = () => until('the sentinels name one master', agreedPort);
  return {
    url: sentinels.map(({ port }) => sentinelUrl(port, password)).join(';'),
    transportOptions: { master_name: masterName },
    nodes: [master, replica],
    masterPort,
    failover: async () => {
      const old = await masterPort();
      await nodeAt(old).kill();
      return until(
        'the sentinels have made the replica the master',
        async () => {
          const port = await agreedPort();
          if (port === undefined || port === old) return undefined;
          return (await nodeAt(port).cli(['role'])).startsWith('master') ? port : undefined;
        },
        30_000,
        100,
      );
    },
  };
};

/** kombu takes the password of the master from the sentinel's URL (kombu/transport/redis.py: SentinelChannel). */
const sentinelUrl = (port: number, password: string | undefined): string =>
  `sentinel://${password === undefined ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}/0`;
