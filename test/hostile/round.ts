import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { decodeDelivery } from '../../server/celery/decodeDelivery.ts';
import { taskEventDefect } from '../../server/state/rows/taskMerger.ts';
import { makeRandom } from '../unit/state/random.ts';
import { askOddly, askPages, askRoutes, printers, requestOddly } from './askEverything.ts';
import { CpuStalls } from './cpuStalls.ts';
import { answerOddly, peekOddly, readOddly } from './decodeOddly.ts';
import { hostileDelivery } from './hostileMessages.ts';
import type { Random } from './oddValues.ts';
import type { WholeEngine } from './wholeEngine.ts';
import { wholeEngine } from './wholeEngine.ts';

/** What came in, counted apart from the engine. */
interface Expected {
  events: number;
  invalid: number;
}

const checkEvery = 2_500;
/**
 * What one case may take of the loop, by the clock of its thread, in one turn. The engine promises a quarter of it; the
 * rest is for the collection of garbage, for the work of the test itself, and for a machine that does much else.
 */
const longestMs = 200;

/** The longest turn of each kind of case. */
export type LongestTurns = Map<string, number>;

/** So many cases of one seed through an engine of their own. What goes wrong names the seed and the case. */
export const hostileRound = async (seed: number, cases: number, longest: LongestTurns = new Map()): Promise<void> => {
  const random = makeRandom(seed);
  const engine = await wholeEngine(random);
  const expected = { events: 0, invalid: 0 };
  const stalls = new CpuStalls();
  const timed: Timed = async (kind, work) => {
    await turn();
    stalls.take();
    await work();
    await turn();
    const ms = stalls.take();
    longest.set(kind, Math.max(longest.get(kind) ?? 0, ms));
    assert.ok(ms <= longestMs, `${kind} held up the loop for ${ms.toFixed(0)} ms`);
  };
  let at = 0;
  try {
    for (; at < cases; at++) {
      await oneCase(engine, random, expected, timed);
      if (at % checkEvery === checkEvery - 1) await checkEngine(engine, random, expected, timed);
    }
  } catch (error) {
    throw new Error(`seed ${seed}, case ${at}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    stalls.end();
    await engine.close();
  }
};

/** Does one thing in a turn of its own, and measures it. */
type Timed = (kind: string, work: () => unknown) => Promise<void>;

const oneCase = async (engine: WholeEngine, random: Random, expected: Expected, timed: Timed): Promise<void> => {
  const roll = random();
  if (roll < 0.06) await timed('a reply', () => answerOddly(engine, random));
  else if (roll < 0.1) await timed('a waiting message', () => peekOddly(engine, random));
  else if (roll < 0.15) await timed('a result', () => readOddly(engine, random));
  else if (roll < 0.17) await timed('a question of a page', () => askOddly(engine, random));
  else if (roll < 0.18) await timed('a request', () => requestOddly(engine, random));
  else await sendEvents(engine, random, expected, timed);
};

const sendEvents = async (
  { deliver }: WholeEngine,
  random: Random,
  expected: Expected,
  timed: Timed,
): Promise<void> => {
  const delivery = hostileDelivery(random, Date.now() / 1_000);
  let problem = decodeDelivery(delivery, (event) => {
    expected.events++;
    if (event.type.startsWith('task-') && taskEventDefect(event) !== null) expected.invalid++;
  });
  for (; problem; problem = problem.next) expected.invalid += problem.count;
  await timed('events', () => deliver(delivery));
};

/** Nothing failed, everything is counted, and every question is answered. */
const checkEngine = async (engine: WholeEngine, random: Random, expected: Expected, timed: Timed): Promise<void> => {
  const { cluster, heard, history, said } = engine;
  while (cluster.backlog > 0) await turn();
  const { events, invalid, invalidByReason, listenerErrors } = cluster.counters();
  assert.deepEqual(listenerErrors, {}, said.join('\n'));
  assert.deepEqual({ events, invalid }, expected, 'what came in is either taken in or refused');
  assert.equal(heard.events, events, 'every event reaches the last listener');
  const byReason = Object.values(invalidByReason).reduce((sum, count) => sum + count, 0);
  assert.equal(byReason, invalid, 'every refusal has a reason');
  await askPages(engine, random);
  await askRoutes(engine);
  for (const [kind, print] of printers(engine)) await timed(kind, print);
  assert.equal(history.status.dropped, 0, history.status.notices.map(({ sentence }) => sentence).join('\n'));
  assert.deepEqual(engine.unreadable(), []);
};
