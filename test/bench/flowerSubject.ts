import { join } from 'node:path';
import { findFlower } from '../lab/flower.ts';
import { freePort } from '../lab/freePort.ts';
import type { Keeper } from '../lab/keeper.ts';
import { LabLacks } from '../lab/labLacks.ts';
import { Server } from '../lab/server.ts';
import { MetricsSubject } from './metricsSubject.ts';
import type { Subject, SubjectTarget } from './subject.ts';

/** Starts Flower with its own defaults but for the number of tasks it keeps. */
export const startFlower = async (keeper: Keeper, name: string, target: SubjectTarget): Promise<Subject> => {
  if (process.platform !== 'linux') throw new LabLacks('what Flower uses is read from /proc, which only Linux has');
  const { celery } = await findFlower();
  const [command = '', ...head] = celery;
  const port = await freePort();
  const own = ['--address=127.0.0.1', `--port=${port}`, `--max_tasks=${target.maxTasks}`, '--logging=error'];
  const args = [...head, `--broker=${target.url}`, 'flower', ...own];
  const server = new Server(keeper, { name, command, args, log: join(keeper.folder, `${name}.log`) });
  const metrics = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  await server.start(async () => (await metrics()).includes('python_info'), 60_000);
  return new MetricsSubject('Flower', server, metrics);
};
