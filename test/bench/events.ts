import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { feedEvents } from './feedEvents.ts';
import { startFlower } from './flowerSubject.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { median } from './report.ts';
import type { Stage } from './stage.ts';
import { type Packing, TaskStream } from './taskStream.ts';

const floorTarget = 2.5;
const flowerTarget = 0.1;
const maxTasks = 100_000;
const rounds = 3;
const warmUp = 20_000;

/** Flower needs seconds for what takes the others a blink; they get more, so that a figure is more than a few ticks. */
const eventsFor = ({ fed }: Contestant, quick: boolean): number => {
  const isSlow = fed.subject.name === 'Flower';
  return quick ? (isSlow ? 10_000 : 40_000) : isSlow ? 30_000 : 120_000;
};

interface Contestant {
  readonly fed: FedSubject;
  readonly stream: TaskStream;
  /** CPU microseconds per event, round by round. */
  readonly costs: number[];
  sent: number;
  counted: number;
}

/** CPU per event of three monitors on the same stream: Celeriac's engine, Flower, and the least Node can do. */
export const benchEvents = async (context: BenchContext): Promise<void> => {
  for (const open of context.stages) {
    const stage = await open();
    const contestants = await startAll(context, stage);
    try {
      for (const packing of ['batched', 'single'] as const) await compare(context, stage, contestants, packing);
    } finally {
      for (const { fed } of contestants) await fed.close();
    }
  }
};

const startAll = async ({ keeper, profileFolder, say }: BenchContext, stage: Stage): Promise<Contestant[]> => {
  const options = { profileFolder };
  const floor = await startFed(stage, maxTasks, (target) =>
    startNodeSubject('the floor', 'floorSubject.ts', { target, ...options }),
  );
  const engine = await startFed(stage, maxTasks, (target) =>
    startNodeSubject('Celeriac', 'engineSubject.ts', { target, ...options }),
  );
  const subjects = [floor, engine];
  try {
    subjects.push(await startFed(stage, maxTasks, (target) => startFlower(keeper, `flower-${stage.name}`, target)));
  } catch (error) {
    say(`no Flower to compare with: ${error instanceof Error ? error.message : error}`);
  }
  return subjects.map((fed) => ({ fed, stream: new TaskStream(7), costs: [], sent: 0, counted: 0 }));
};

const compare = async (
  context: BenchContext,
  stage: Stage,
  contestants: readonly Contestant[],
  packing: Packing,
): Promise<void> => {
  for (const contestant of contestants) {
    contestant.costs.length = 0;
    contestant.counted = 0;
    contestant.sent = 0;
    await feedEvents(contestant.fed, contestant.stream, warmUp, packing);
  }
  for (let round = 0; round < rounds; round++) {
    context.say(`events, ${stage.name}, ${packing}: round ${round + 1} of ${rounds}`);
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) await measure(contestant, eventsFor(contestant, context.quick), packing);
  }
  reportPair(context, stage, packing, contestants);
};

const measure = async (contestant: Contestant, events: number, packing: Packing): Promise<void> => {
  const { fed, stream, costs } = contestant;
  const before = await fed.subject.usage();
  const counted = await feedEvents(fed, stream, events, packing);
  const after = await fed.subject.usage();
  costs.push(((after.cpuSeconds - before.cpuSeconds) / counted) * 1e6);
  contestant.sent += events;
  contestant.counted += counted;
};

const reportPair = (
  { report }: BenchContext,
  stage: Stage,
  packing: Packing,
  [floor, engine, flower]: readonly Contestant[],
): void => {
  if (!floor || !engine) return;
  const common = { bench: 'events', figures: figuresOf([floor, engine, flower]) };
  const where = `${stage.name}, ${packing}`;
  const toFloor = ratio(engine.costs, floor.costs);
  report({
    ...common,
    what: `${where}: CPU per event, Celeriac / floor`,
    measured: `${micros(engine)} / ${micros(floor)} = ${toFloor.toFixed(2)} x`,
    target: `<= ${floorTarget} x`,
    reached: toFloor <= floorTarget,
  });
  if (!flower) return;
  const toFlower = ratio(engine.costs, flower.costs);
  report({
    ...common,
    what: `${where}: CPU per event, Celeriac / Flower`,
    measured: `${micros(engine)} / ${micros(flower)} = 1/${(1 / toFlower).toFixed(1)}`,
    target: `<= 1/${1 / flowerTarget}`,
    reached: toFlower <= flowerTarget,
  });
};

/** The median of the rounds' own ratios: what disturbs a round disturbs both sides of it. */
const ratio = (costs: readonly number[], others: readonly number[]): number =>
  median(costs.map((cost, round) => cost / (others[round] ?? Number.NaN)));

const micros = ({ costs }: Contestant): string => `${median(costs).toFixed(2)} us`;

const figuresOf = (contestants: readonly (Contestant | undefined)[]): Record<string, number | number[]> => {
  const figures: Record<string, number | number[]> = {};
  for (const contestant of contestants) {
    if (!contestant) continue;
    const { name } = contestant.fed.subject;
    figures[`${name}: us per event`] = contestant.costs;
    figures[`${name}: events sent`] = contestant.sent;
    figures[`${name}: events counted`] = contestant.counted;
  }
  return figures;
};
