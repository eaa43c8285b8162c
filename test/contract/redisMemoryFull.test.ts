import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import { until } from '../lab/lab.ts';
import { at, celeriac } from './cliProcess.ts';
import { order } from './commandContract.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const full = /^Redis at 127\.0\.0\.1:\d+ has reached its memory limit \(maxmemory\) and refuses tasks, replies and/;

describe('a Redis whose memory is full', () => {
  labTest(
    'refuses a task and says why, and events go on; what is sent once there is room again arrives',
    async (lab, t) => {
      const redis = await lab.redis({ config: { 'maxmemory-policy': 'noeviction' } });
      const session = await openRecorded(createBroker(connectionTo(redis)));
      t.after(() => session.close());
      const send = (): Promise<void> => session.publish(taskMessage(order({}), Date.now()));
      assert.deepEqual((await session.overview()).alarms, []);
      await redis.cli(['config', 'set', 'maxmemory', '1']);
      await assert.rejects(send(), { code: 'brokerUnreachable', message: full });
      assert.match((await session.overview()).alarms?.[0]?.sentence ?? '', full);
      await redis.cli(['publish', '/0.celeryev/x', 'while it is full']);
      await session.raw('while it is full');
      assert.equal((await session.queueDepths(['default']))[0]?.ready, 0);
      await redis.cli(['config', 'set', 'maxmemory', '0']);
      await send();
      assert.deepEqual((await session.overview()).alarms, []);
      assert.equal((await session.queueDepths(['default']))[0]?.ready, 1);
    },
  );

  labTest('is named as the reason on the command line, where a worker can only be silent', async (lab) => {
    const redis = await lab.redis({ config: { 'maxmemory-policy': 'noeviction' } });
    await lab.worker({ broker: redis, name: 'one', pool: 'solo', queues: ['default'] });
    await redis.cli(['config', 'set', 'maxmemory', '1']);
    const refused = await celeriac(['send', 'lab.echo', '--queue', 'default', '--yes', ...at(redis)]);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stderr, /has reached its memory limit/);
    const queues = await celeriac(['queues', '-Q', 'default', ...at(redis)]);
    assert.match(queues.stderr, /has reached its memory limit/);
    await redis.cli(['config', 'set', 'maxmemory', '0']);
    await until('the worker answers again', async () => (await celeriac(['inspect', 'ping', ...at(redis)])).code === 0);
  });
});
