import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { type LabRedis, until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const queues = 20_000;

/** As kombu declares them; something waits in every tenth. */
const declare = (redis: LabRedis): Promise<string> =>
  redis.cli([
    'eval',
    `for i = 1, ${queues} do
      local queue = 'q' .. i
      redis.call('sadd', '_kombu.binding.' .. queue, queue .. '\\6\\22\\6\\22' .. queue)
      if i % 10 == 0 then redis.call('lpush', queue, 'x') end
    end`,
    '0',
  ]);

const calls = async (redis: LabRedis): Promise<(command: string) => number> => {
  const stats = await redis.cli(['info', 'commandstats']);
  return (command) => Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
};

describe('a Redis with 20,000 queues', () => {
  labTest('is asked for little when it is looked at again, and tells what has changed', async (lab, t) => {
    const redis = await lab.redis();
    await declare(redis);
    const session = await openRecorded(createBroker(connectionTo(redis)));
    t.after(() => session.close());
    // The first look goes on where the last one stopped, for two seconds each time.
    const names = await until('all queues are known', async () => {
      const known = (await session.queueNames()) ?? [];
      return known.length === queues ? known : null;
    });
    await session.queueDepths(names);
    await redis.cli(['lpush', 'q1', 'a', 'b']);
    await redis.cli(['lpush', 'q3\x06\x169', 'urgent']);
    await redis.cli(['del', 'q10']);
    await redis.cli(['sadd', '_kombu.binding.new', 'new\x06\x16\x06\x16new']);
    const before = await calls(redis);
    const again = (await session.queueNames()) ?? [];
    const depths = new Map((await session.queueDepths(again)).map((depth) => [depth.name, depth]));
    const after = await calls(redis);
    const asked = (command: string): number => after(command) - before(command);
    assert.ok(asked('smembers') <= 200, `${asked('smembers')} SMEMBERS`);
    // Each list in which something was, and the groups of lists in which something is now.
    assert.ok(asked('llen') <= queues / 10 + 2 * 400, `${asked('llen')} LLEN`);
    assert.ok(asked('exists') <= (queues * 4) / 400 + 50, `${asked('exists')} EXISTS`);
    assert.deepEqual([depths.get('q1')?.ready, depths.get('q1')?.byPriority], [2, { 0: 2 }]);
    assert.deepEqual([depths.get('q3')?.ready, depths.get('q3')?.byPriority], [1, { 9: 1 }]);
    assert.deepEqual([depths.get('q10')?.ready, depths.get('q20')?.ready, depths.get('q2')?.ready], [0, 1, 0]);
    assert.equal(depths.get('q10')?.exists, true);
    // What is bound meanwhile is found within a few looks: a database may be too large for one.
    for (let look = 0; look < 5 && !(await session.queueNames())?.includes('new'); look++);
    assert.ok((await session.queueNames())?.includes('new'));
  });
});
