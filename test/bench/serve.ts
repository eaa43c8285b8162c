import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { feedEvents } from './feedEvents.ts';
import { startFlower } from './flowerSubject.ts';
import { median, megabytes } from './report.ts';
import { startServed } from './servedSubject.ts';
import { TaskStream } from './taskStream.ts';

const maxTasks = 100_000;
const rounds = 3;
const target = 0.1;

interface Cost {
  readonly microsPerEvent: number;
  readonly residentBytes: number;
}

/** CPU and memory of `celeriac serve` and of Flower on the same stream, each a process as people run it. */
export const benchServe = async (context: BenchContext): Promise<void> => {
  const { keeper, say, report, quick } = context;
  const stage = await context.redis();
  say('serve: celeriac');
  const ours = await costOf(await startFed(stage, maxTasks, (place) => startServed(keeper, 'served', place)), {
    warmUp: quick ? 100_000 : 400_000,
    measured: quick ? 60_000 : 120_000,
  });
  say('serve: Flower');
  const flower = await costOf(await startFed(stage, maxTasks, (place) => startFlower(keeper, 'flower-served', place)), {
    warmUp: 10_000,
    measured: quick ? 10_000 : 30_000,
  });
  const share = ours.microsPerEvent / flower.microsPerEvent;
  report({
    bench: 'serve',
    what: 'celeriac serve beside Flower, batched events on Redis: CPU per event, memory',
    measured: `${ours.microsPerEvent.toFixed(1)} µs : ${flower.microsPerEvent.toFixed(1)} µs (1/${(1 / share).toFixed(0)}), ${megabytes(ours.residentBytes)} MB : ${megabytes(flower.residentBytes)} MB`,
    target: `at most 1/${1 / target} of the CPU`,
    reached: share <= target,
    figures: {
      share,
      ourMicrosPerEvent: ours.microsPerEvent,
      flowerMicrosPerEvent: flower.microsPerEvent,
      ourResidentBytes: ours.residentBytes,
      flowerResidentBytes: flower.residentBytes,
    },
  });
};

const costOf = async (
  fed: FedSubject,
  amounts: { readonly warmUp: number; readonly measured: number },
): Promise<Cost> => {
  try {
    const stream = new TaskStream(7);
    await feedEvents(fed, stream, amounts.warmUp, 'batched');
    const costs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = await fed.subject.usage();
      const counted = await feedEvents(fed, stream, amounts.measured, 'batched');
      const after = await fed.subject.usage();
      costs.push(((after.cpuSeconds - before.cpuSeconds) / counted) * 1e6);
    }
    return { microsPerEvent: median(costs), residentBytes: (await fed.subject.usage()).residentBytes };
  } finally {
    await fed.close();
  }
};
