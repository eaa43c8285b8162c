import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { freePort } from '../lab/freePort.ts';
import { at, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

describe('celeriac health', { concurrency: 2 }, () => {
  labTest('exits with 2 without a worker, with 0 when all is well, and says what one look cannot show', async (lab) => {
    const broker = await lab.redis();
    const none = await celeriac(['health', ...at(broker)]);
    assert.equal(none.code, 2, none.stderr);
    assert.match(none.stdout, /· Unhealthy\n {2}critical {2}No workers are online\.\n {12}Start a worker/);
    await lab.worker({ broker, name: 'one', pool: 'solo' });
    const well = await celeriac(['health', ...at(broker)]);
    assert.equal(well.code, 0, well.stdout);
    assert.match(well.stdout, /· Healthy\n[\s\S]*A single check cannot measure rates/);
    const json = await celeriac(['health', '--json', ...at(broker)]);
    const { level, checks, notJudged } = JSON.parse(json.stdout);
    assert.equal(level, 'healthy');
    assert.ok(checks.length > 30 && notJudged.includes('failureRate') && !notJudged.includes('noWorkers'));
  });

  labTest('exits with 1 for a warning, with the worst figure beside its limit', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one', concurrency: 1, args: ['--', 'worker_max_memory_per_child=30000'] });
    const { code, stdout } = await celeriac(['health', '--verbose', ...at(broker)]);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /warning {3}Peak memory of one@lab:/);
    assert.match(stdout, /^workerMemory +warning +\d+% +85%/m);
  });

  labTest('exits with 3 when the broker cannot be reached, and says why', async () => {
    const { code, stdout, stderr } = await celeriac([
      'health',
      '--broker',
      `redis://:geheim@127.0.0.1:${await freePort()}`,
    ]);
    assert.equal(code, 3);
    assert.equal(stdout, '');
    assert.match(stderr, /^celeriac: Connection refused at/);
    assert.ok(!stderr.includes('geheim'));
  });

  labTest('works on RabbitMQ and on the filesystem', async (lab) => {
    for (const broker of [await lab.filesystem(), await lab.rabbitmq()]) {
      await lab.worker({ broker, pool: 'solo' });
      const { code, stdout, stderr } = await celeriac(['health', ...at(broker)]);
      assert.equal(code, 0, stdout + stderr);
    }
  });
});
