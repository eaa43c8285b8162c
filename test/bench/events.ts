import { LabLacks } from '../lab/lab.ts';
import { type BenchContext, type FedSubject, startFed } from './context.ts';
import { feedEvents } from './feedEvents.ts';
import { startFlower } from './flowerSubject.ts';
import { startNodeSubject } from './nodeSubject.ts';
import { median, notMeasured } from './report.ts';
import type { Stage } from './stage.ts';
import type { Usage } from './subject.ts';
import { type Packing, TaskStream } from './taskStream.ts';

const floorTarget = 2.5;
const flowerTarget = 0.1;
const maxTasks = 100_000;
const rounds = 3;

interface Amounts {
  readonly warmUp: number;
  readonly measured: number;
}

/**
 * A monitor runs for days: what V8 spends on optimizing a program that has just begun (some 300,000 events of Celeriac's)
 * is kept out of the figure, and told beside it. Flower needs seconds for what takes the others a blink, and gets less.
 */
const amountsFor = (name: string, packing: Packing, quick: boolean): Amounts => {
  if (name === 'Flower') return { warmUp: 10_000, measured: quick ? 10_000 : 30_000 };
  if (packing === 'batched')
    return quick ? { warmUp: 250_000, measured: 60_000 } : { warmUp: 400_000, measured: 120_000 };
  return quick ? { warmUp: 40_000, measured: 20_000 } : { warmUp: 60_000, measured: 60_000 };
};

interface Contestant {
  readonly fed: FedSubject;
  readonly stream: TaskStream;
  /** CPU microseconds per event, round by round. */
  readonly costs: number[];
  sent: number;
  counted: number;
  coldCost: number;
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

const startAll = async ({ keeper, profileFolder, report }: BenchContext, stage: Stage): Promise<Contestant[]> => {
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
    if (!(error instanceof LabLacks)) throw error;
    report(notMeasured('events', error));
  }
  return subjects.map((fed) => ({ fed, stream: new TaskStream(7), costs: [], sent: 0, counted: 0, coldCost: 0 }));
};

const compare = async (
  context: BenchContext,
  stage: Stage,
  contestants: readonly Contestant[],
  packing: Packing,
): Promise<void> => {
  context.say(`events, ${stage.name}, ${packing}: warming up`);
  for (const contestant of contestants) {
    contestant.costs.length = 0;
    contestant.sent = 0;
    contestant.counted = 0;
    contestant.coldCost = await warmUp(contestant, packing, context.quick);
  }
  for (let round = 0; round < rounds; round++) {
    context.say(`events, ${stage.name}, ${packing}: round ${round + 1} of ${rounds}`);
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) await measure(contestant, packing, context.quick);
  }
  reportPair(context, stage, packing, contestants);
};

/** Answers what an event cost meanwhile. */
const warmUp = async ({ fed, stream }: Contestant, packing: Packing, quick: boolean): Promise<number> => {
  const amount = amountsFor(fed.subject.name, packing, quick).warmUp;
  const before = await fed.subject.usage();
  const counted = await feedEvents(fed, stream, amount, packing);
  return microsPerEvent(before, await fed.subject.usage(), counted);
};

const measure = async (contestant: Contestant, packing: Packing, quick: boolean): Promise<void> => {
  const { fed, stream, costs } = contestant;
  const events = amountsFor(fed.subject.name, packing, quick).measured;
  const before = await fed.subject.usage();
  const counted = await feedEvents(fed, stream, events, packing);
  costs.push(microsPerEvent(before, await fed.subject.usage(), counted));
  contestant.sent += events;
  contestant.counted += counted;
};

const microsPerEvent = (before: Usage, after: Usage, events: number): number =>
  ((after.cpuSeconds - before.cpuSeconds) / events) * 1e6;

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
    figures[`${name}: us per event`] = [...contestant.costs];
    figures[`${name}: us per event while warming up`] = contestant.coldCost;
    figures[`${name}: events sent`] = contestant.sent;
    figures[`${name}: events counted`] = contestant.counted;
  }
  return figures;
};
