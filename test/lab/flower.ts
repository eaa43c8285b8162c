import { join } from 'node:path';
import { ensureFlower, type PythonEnv } from '../../scripts/setup/python.ts';
import type { Broker } from './broker.ts';
import { freePort } from './freePort.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { pythonEnvironment } from './python.ts';
import { Server } from './server.ts';

/** A real Flower that watches a broker. */
export interface LabFlower {
  metrics(): Promise<string>;
}

export const startFlower = async (keeper: Keeper, name: string, broker: Broker): Promise<LabFlower> => {
  const { celery } = await findFlower();
  const [command = '', ...head] = celery;
  const port = await freePort();
  const args = [...head, `--broker=${broker.url}`, 'flower', '--address=127.0.0.1', `--port=${port}`];
  const env = pythonEnvironment(keeper, { broker });
  const server = new Server(keeper, { name, command, args, env, log: join(keeper.folder, `${name}.log`) });
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  await server.start(async () => (await metrics()).includes('python_info'), 60_000);
  return { metrics };
};

export const findFlower = (): Promise<PythonEnv> =>
  ensureFlower(() => undefined).catch((error: unknown) => {
    throw new LabLacks(`no Flower to compare with: ${error instanceof Error ? error.message : error}`);
  });
