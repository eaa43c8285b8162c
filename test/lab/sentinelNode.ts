import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../../scripts/setup/debian.ts';
import { execute } from './execute.ts';
import { freePort } from './freePort.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { redisServerPath } from './redis.ts';
import { Server } from './server.ts';

interface Watch {
  readonly masterName: string;
  readonly masterPort: number;
  readonly quorum: number;
  readonly password: string | undefined;
}

/** How one sentinel sees the world. */
interface View {
  readonly masterPort: number;
  readonly replicas: number;
  readonly otherSentinels: number;
}

export interface SentinelNode {
  readonly port: number;
  view(): Promise<View>;
}

/** A sentinel is redis-server in another mode, so the package redis-sentinel is not needed. */
export const startSentinelNode = async (keeper: Keeper, name: string, watch: Watch): Promise<SentinelNode> => {
  const command = await redisServerPath();
  const cli = await findCommand('redis-cli');
  if (cli === undefined) throw new LabLacks('redis-cli is not installed (Debian: apt-get install redis-tools)');
  const folder = join(keeper.folder, name);
  mkdirSync(folder);
  const port = await freePort();
  const conf = join(folder, 'sentinel.conf');
  writeFileSync(conf, configuration(folder, port, watch), { mode: 0o600 });
  const log = join(folder, 'sentinel.log');
  const server = new Server(keeper, { name, command, args: [conf, '--sentinel'], log });
  const ask = async (...args: string[]) => {
    const { stdout } = await execute(cli, ['-h', '127.0.0.1', '-p', String(port), ...args]);
    return stdout.trim().split('\n');
  };
  await server.start(async () => (await ask('ping'))[0] === 'PONG');
  return {
    port,
    view: async () => {
      const fields = await ask('sentinel', 'master', watch.masterName);
      const field = (key: string) => Number(fields[fields.indexOf(key) + 1]);
      const [, masterPort] = await ask('sentinel', 'get-master-addr-by-name', watch.masterName);
      return {
        masterPort: Number(masterPort),
        replicas: field('num-slaves'),
        otherSentinels: field('num-other-sentinels'),
      };
    },
  };
};

const configuration = (folder: string, port: number, { masterName, masterPort, quorum, password }: Watch): string =>
  [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${folder}`,
    `sentinel monitor ${masterName} 127.0.0.1 ${masterPort} ${quorum}`,
    `sentinel down-after-milliseconds ${masterName} 700`,
    `sentinel failover-timeout ${masterName} 3000`,
    ...(password === undefined ? [] : [`sentinel auth-pass ${masterName} ${password}`]),
    '',
  ].join('\n');
