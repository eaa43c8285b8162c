import { join } from 'node:path';
import { root } from '../../scripts/execute.ts';
import { freePort } from '../lab/freePort.ts';
import type { Keeper } from '../lab/keeper.ts';
import { Server } from '../lab/server.ts';
import { MetricsSubject } from './metricsSubject.ts';
import type { Subject, SubjectTarget } from './subject.ts';

/** `celeriac serve` as people run it, with Flower's names so that both are asked the same. */
export const startServed = async (keeper: Keeper, name: string, target: SubjectTarget): Promise<Subject> => {
  const port = await freePort();
  const args = ['serve', '--compat', 'flower', '--port', `${port}`, '--max-tasks', `${target.maxTasks}`];
  const server = new Server(keeper, {
    name,
    command: process.execPath,
    args: [join(root, 'dist', 'cli.js'), ...args],
    env: { CELERY_BROKER_URL: target.url },
    log: join(keeper.folder, `${name}.log`),
  });
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  await server.start(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, 60_000);
  return new MetricsSubject('celeriac serve', server, metrics);
};
