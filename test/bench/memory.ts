import { setTimeout as wait } from 'node:timers/promises';
import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { feedEvents } from './feedEvents.ts';
import { startFlower } from './flowerSubject.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { megabytes } from './report.ts';
import { TaskStream } from './taskStream.ts';

const target = 1 / 3;
const eventsPerTask = 3;
const settleMs = 2_000;

/** By how much a monitor's resident memory grows when it holds tasks; nobody asks it to collect garbage. */
export const benchMemory = async (context: BenchContext): Promise<void> => {
  const tasks = context.quick ? 20_000 : 100_000;
  const stage = await context.redis();
  context.say(`memory: ${tasks} tasks in Celeriac`);
  const engine = await growth(
    await startFed(stage, tasks, (to) =>
      startNodeSubject('Celeriac', 'engineSubject.ts', { target: to, profileFolder: context.profileFolder }),
    ),
    tasks,
  );
  context.say(`memory: ${tasks} tasks in Flower`);
  const flower = await growth(
    await startFed(stage, tasks, (to) => startFlower(context.keeper, 'flower-memory', to)),
    tasks,
  );
  const share = engine / flower;
  context.report({
    bench: 'memory',
    what: `${tasks} tasks held: growth of resident memory, Celeriac / Flower`,
    measured: `${megabytes(engine)} MB / ${megabytes(flower)} MB = 1/${(1 / share).toFixed(1)}`,
    target: '<= 1/3',
    reached: share <= target,
    figures: { tasks, engineBytes: engine, flowerBytes: flower },
  });
};

const growth = async (fed: FedSubject, tasks: number): Promise<number> => {
  try {
    const before = await fed.subject.usage();
    await feedEvents(fed, new TaskStream(13), tasks * eventsPerTask, 'batched');
    await wait(settleMs);
    return (await fed.subject.usage()).residentBytes - before.residentBytes;
  } finally {
    await fed.close();
  }
};
