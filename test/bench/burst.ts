import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { startFlower } from './flowerSubject.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { megabytes } from './report.ts';
import type { Stage } from './stage.ts';
import { type Packing, TaskStream } from './taskStream.ts';

interface Outcome {
  readonly counted: number;
  readonly publishedInSeconds: number;
  readonly countedInSeconds: number;
  readonly peakBytes: number;
}

/** Events published as fast as the broker takes them, with its default limits: how many does a monitor get to see? */
export const benchBurst = async (context: BenchContext): Promise<void> => {
  const events = context.quick ? 60_000 : 300_000;
  for (const open of context.stages) {
    const stage = await open();
    for (const packing of ['batched', 'single'] as const) await burstEngine(context, stage, events, packing);
  }
  for (const open of context.stages) await burstFlower(context, await open(), events);
};

const burstEngine = async (context: BenchContext, stage: Stage, events: number, packing: Packing): Promise<void> => {
  context.say(`burst, ${stage.name}, ${packing}: Celeriac`);
  let saidLost = 0;
  let saidGaps = 0;
  const fed = await startFed(stage, 100_000, (target) =>
    startNodeSubject('Celeriac', 'engineSubject.ts', {
      target,
      profileFolder: context.profileFolder,
      onBatch: ({ changes }) => {
        for (const change of changes) {
          if (change.kind === 'counters') saidLost = change.counters.lost;
          else if (change.kind === 'gap') saidGaps += 1;
        }
      },
    }),
  );
  try {
    const outcome = await burst(fed, events, packing);
    const lost = events - outcome.counted;
    context.report({
      bench: 'burst',
      what: `${stage.name}, ${packing}: of ${events} events in ${seconds(outcome.publishedInSeconds)}, lost by Celeriac`,
      measured: `${lost} (done after ${seconds(outcome.countedInSeconds)}, at most ${megabytes(outcome.peakBytes)} MB)`,
      target: '0',
      reached: lost === 0,
      figures: { ...outcome, events, lost, saidLost, saidGaps },
    });
  } finally {
    await fed.close();
  }
};

const burstFlower = async ({ keeper, say, report }: BenchContext, stage: Stage, events: number): Promise<void> => {
  say(`burst, ${stage.name}, batched: Flower`);
  const fed = await startFed(stage, 100_000, (target) => startFlower(keeper, `flower-burst-${stage.name}`, target));
  try {
    const outcome = await burst(fed, events, 'batched');
    const lost = events - outcome.counted;
    report({
      bench: 'burst',
      what: `${stage.name}, batched: of ${events} events in ${seconds(outcome.publishedInSeconds)}, lost by Flower`,
      measured: `${lost} (${Math.round((outcome.counted / events) * 100)} % counted)`,
      target: 'for comparison',
      reached: null,
      figures: { ...outcome, events, lost },
    });
  } finally {
    await fed.close();
  }
};

const burst = async ({ subject, publisher }: FedSubject, events: number, packing: Packing): Promise<Outcome> => {
  const publish = publisher.prepare(new TaskStream(11).messages(events, packing));
  const before = await subject.counted();
  const startedAt = performance.now();
  await publish();
  const publishedAt = performance.now();
  const counted = (await subject.countTo(before + events)) - before;
  return {
    counted,
    publishedInSeconds: (publishedAt - startedAt) / 1000,
    countedInSeconds: (performance.now() - startedAt) / 1000,
    peakBytes: (await subject.usage()).peakResidentBytes,
  };
};

const seconds = (value: number): string => `${value.toFixed(1)} s`;
