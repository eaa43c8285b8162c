import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeRandom } from '../unit/state/random.ts';
import { hostileRound, type LongestTurns } from './round.ts';
import seeds from './seeds.json' with { type: 'json' };
import { wholeEngine } from './wholeEngine.ts';
import { writeOddly } from './writeOddly.ts';

const cases = Number(process.env['CELERIAC_HOSTILE_CASES'] ?? 200_000);
const casesInARound = 5_000;
const shards = 2;
/** Of each part. */
const writes = 1_500;
const given = process.env['CELERIAC_HOSTILE_SEED'];
const firstSeed = given === 'random' ? Math.floor(Math.random() * 2 ** 30) : Number(given ?? 2_026);

/** One part of all cases, so that every core has its own: the seeds that found something first, then every other new one. */
export const hostileShard = (shard: number): void => {
  const rejections: unknown[] = [];
  const noteRejection = (reason: unknown): void => void rejections.push(reason);
  const longest: LongestTurns = new Map();
  const rounds = Array.from({ length: Math.ceil(cases / casesInARound) }, (_, round) => firstSeed + round);
  const mine = <T>(all: readonly T[]): readonly T[] => all.filter((_, index) => index % shards === shard);
  before(() => {
    process.on('unhandledRejection', noteRejection);
  });
  after(() => {
    process.off('unhandledRejection', noteRejection);
    const slowest = [...longest].sort(([, a], [, b]) => b - a).map(([kind, ms]) => `${kind} ${ms.toFixed(0)} ms`);
    console.log(`seeds from ${firstSeed} on; the longest turns: ${slowest.join(', ')}`);
  });
  describe('hostile input', () => {
    for (const { seed, found } of mine(seeds))
      it(`once found: ${found} (seed ${seed})`, () => hostileRound(seed, casesInARound, longest));
    it(`ends nothing, is all counted, and leaves every question answered (part ${shard + 1} of ${shards})`, async () => {
      for (const seed of mine(rounds)) await hostileRound(seed, casesInARound, longest);
    });
    it('answers every request that would change the cluster', async () => {
      const random = makeRandom(firstSeed + shard);
      let seconds = 0;
      // The clock of the face runs ahead, so that none is refused for its pace.
      const engine = await wholeEngine(random, () => Date.now() + 1_000 * seconds++);
      const statuses = new Set<number>();
      try {
        for (let count = 0; count < writes; count++) statuses.add(await writeOddly(engine, random));
      } finally {
        await engine.close();
      }
      assert.ok(statuses.has(200) && statuses.has(202) && statuses.has(400), [...statuses].join());
    });
    it('leaves no rejection that nobody awaits', () => {
      assert.deepEqual(rejections, []);
    });
  });
};
