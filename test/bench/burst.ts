import { setTimeout as wait } from 'node:timers/promises';
import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { startFlower } from './flowerSubject.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { megabytes } from './report.ts';
import type { Stage } from './stage.ts';
import { type Packing, TaskStream } from './taskStream.ts';

interface Burst {
  readonly events: number;
  readonly packing: Packing;
  /** Over how long it is spread; 0: as fast as a bare socket and the broker can go. */
  readonly overSeconds: number;
}

interface Outcome {
  readonly counted: number;
  readonly lost: number;
  readonly publishedInSeconds: number;
  readonly countedInSeconds: number;
  readonly peakBytes: number;
}

/** What a crowd of busy workers can do; a bare socket alone does ten times that. */
const crowdSeconds = 3.5;
const slices = 50;
const maxTasks = 100_000;

/** Events published faster than anybody can process them, with the broker's default limits: how many does one get to see? */
export const benchBurst = async (context: BenchContext): Promise<void> => {
  const events = context.quick ? 60_000 : 300_000;
  const [batched, single] = (['batched', 'single'] as const).map((packing) => ({ events, packing, overSeconds: 0 }));
  if (!batched || !single) return;
  for (const open of context.stages) {
    const stage = await open();
    for (const burst of [batched, single]) {
      // Only Redis cuts off a reader that cannot keep up, so only there the speed matters.
      if (stage.name === 'Redis') await onEngine(context, stage, { ...burst, overSeconds: crowdSeconds });
      await onEngine(context, stage, burst);
    }
  }
  for (const open of context.stages) await onFlower(context, await open(), { ...batched, overSeconds: crowdSeconds });
};

const onEngine = async (context: BenchContext, stage: Stage, burst: Burst): Promise<void> => {
  context.say(`burst, ${stage.name}, ${burst.packing}: Celeriac`);
  let saidLost = 0;
  let saidGaps = 0;
  const fed = await startFed(stage, maxTasks, (target) =>
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
  const outcome = await run(fed, burst);
  context.report({
    bench: 'burst',
    what: `${describe(stage, burst, outcome)}: lost by Celeriac`,
    measured: `${outcome.lost} (done after ${seconds(outcome.countedInSeconds)}, at most ${megabytes(outcome.peakBytes)} MB)`,
    target: '0',
    reached: outcome.lost === 0,
    figures: { ...burst, ...outcome, saidLost, saidGaps },
  });
};

const onFlower = async ({ keeper, say, report }: BenchContext, stage: Stage, burst: Burst): Promise<void> => {
  say(`burst, ${stage.name}, ${burst.packing}: Flower`);
  const fed = await startFed(stage, maxTasks, (target) => startFlower(keeper, `flower-burst-${stage.name}`, target));
  const outcome = await run(fed, burst);
  report({
    bench: 'burst',
    what: `${describe(stage, burst, outcome)}: lost by Flower`,
    measured: `${outcome.lost} (${Math.round((outcome.counted / burst.events) * 100)} % counted)`,
    target: 'for comparison',
    reached: null,
    figures: { ...burst, ...outcome },
  });
};

const run = async (fed: FedSubject, { events, packing, overSeconds }: Burst): Promise<Outcome> => {
  const { subject, publisher } = fed;
  try {
    const messages = new TaskStream(11).messages(events, packing);
    const size = overSeconds === 0 ? messages.length : Math.ceil(messages.length / slices);
    const publish: (() => Promise<void>)[] = [];
    for (let at = 0; at < messages.length; at += size) publish.push(publisher.prepare(messages.slice(at, at + size)));
    const before = await subject.counted();
    const startedAt = performance.now();
    for (const [index, send] of publish.entries()) {
      const dueAt = startedAt + (index / publish.length) * overSeconds * 1000;
      if (dueAt > performance.now()) await wait(dueAt - performance.now());
      await send();
    }
    const publishedAt = performance.now();
    const counted = (await subject.countTo(before + events)) - before;
    return {
      counted,
      lost: events - counted,
      publishedInSeconds: (publishedAt - startedAt) / 1000,
      countedInSeconds: (performance.now() - startedAt) / 1000,
      peakBytes: (await subject.usage()).peakResidentBytes,
    };
  } finally {
    await fed.close();
  }
};

const describe = (stage: Stage, { events, packing, overSeconds }: Burst, { publishedInSeconds }: Outcome): string =>
  `${stage.name}, ${packing}: ${events} events in ${seconds(publishedInSeconds)}${overSeconds === 0 ? ' (full speed)' : ''}`;

const seconds = (value: number): string => `${value.toFixed(1)} s`;
