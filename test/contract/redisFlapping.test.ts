import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import { type LabRedis, until } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { quickly, watchHealth } from './watchHealth.ts';

const rounds = 6;

/** Everybody but the one who asks. */
const clientsOf = async (redis: LabRedis): Promise<number> =>
  (await redis.cli(['client', 'list'])).trim().split('\n').length - 1;

const socketsOfOurs = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

describe('a broker that is killed and started again and again', () => {
  labTest('is left with one link and no connection too many, and every outage is in a gap', async (lab, t) => {
    const redis = await lab.redis();
    const { cluster, snapshot } = await watchHealth(t, quickly(redis), join(lab.folder, 'h'));
    const isLive = (): boolean => snapshot().link.kind === 'live';
    const ask = () => cluster.operations.ask({ method: 'ping', arguments: {}, timeoutMs: 200 });
    await ask();
    const before = { clients: await clientsOf(redis), sockets: socketsOfOurs() };
    const backAt: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // Every other time it goes again before the link is back.
      if (round % 2 === 0) await until('the link is live', isLive, 30_000);
      await redis.kill();
      await redis.start();
      backAt.push(Date.now());
      await cluster.refresh();
    }
    await until('the link is live in the end', isLive, 30_000);
    await ask();
    const lastGaps = snapshot().gaps;
    for (const [round, at] of backAt.entries())
      assert.ok(
        lastGaps.some(({ from, to }) => from < at && to >= at),
        `outage ${round + 1} of ${rounds} is in no gap: ${JSON.stringify(lastGaps)}`,
      );
    await until('Redis has as many clients as before', async () => (await clientsOf(redis)) === before.clients);
    await until('we have as many sockets as before', () => socketsOfOurs() === before.sockets);
    await redis.cli(['publish', '/0.celeryev/x', 'garbage']);
    await until('it listens once', () => snapshot().counters.invalid === 1);
  });
});
