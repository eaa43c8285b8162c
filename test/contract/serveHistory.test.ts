import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

describe('celeriac serve --history', () => {
  labTest('goes on after a restart from what was kept before it', async (lab) => {
    const broker = await lab.redis({ password: 'geheim' });
    await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const folder = join(lab.folder, 'kept');
    const args = ['--history', folder, '--allow-write'];
    const first = await Served.start(broker, args);
    await until('it is ready', async () => (await first.ask('/readyz')).status === 200);
    const [failed = ''] = await lab.send({ broker, task: 'lab.fail', queue: 'default' });
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 3 });
    await until('all have ended', async () => {
      const { body } = await first.json('/api/v1/tasks?state=SUCCESS');
      return body.matching === 3 && (await first.json(`/api/v1/tasks/${failed}`)).body.state === 'FAILURE';
    });
    await first.json('/api/v1/control/ping', { method: 'POST', body: {} });
    await first.json('/api/v1/control/pool_grow', { method: 'POST', body: { arguments: { n: 1 } } });
    // More than the worker takes in ahead of time.
    await lab.send({ broker, task: 'lab.sleep', args: [600], queue: 'default', count: 25 });
    await until('some wait', async () => (await first.json('/api/v1/queues')).body.queues[0]?.ready > 0, 30_000);
    const stoppedAt = Date.now();
    assert.equal(await first.stop(), 0);
    assert.match(first.process.stderr, /^celeriac: Its history is kept in .*\.history\.sqlite\n$/);

    const second = await Served.start(broker, args);
    const failure = (await second.json(`/api/v1/tasks/${failed}`)).body;
    assert.deepEqual([failure.state, failure.name, failure.worker], ['FAILURE', 'lab.fail', 'w@lab']);
    assert.match(failure.traceback, /LabError/);
    const { errors } = (await second.json('/api/v1/errors')).body;
    assert.deepEqual(
      errors.map(({ id }: { id: string }) => id),
      [failed],
    );
    const { failures } = (await second.json('/api/v1/failures')).body;
    assert.deepEqual([failures.length, failures[0].exceptionType, failures[0].count], [1, 'LabError', 1]);
    assert.equal((await second.json('/api/v1/tasks')).body.held, 0);
    const kept = (await second.json('/api/v1/tasks?source=history&name=lab.echo&from=2020-01-01T00:00:00Z')).body;
    assert.equal(kept.tasks.length, 3);
    assert.equal(
      (await second.json('/api/v1/tasks?source=history&to=2020-01-01T00:00:00%2B02:00')).body.tasks.length,
      0,
    );
    assert.equal((await second.json('/api/v1/tasks?from=yesterday')).status, 400);
    const span = { clusterId: 'cli', from: stoppedAt - 3_600_000, to: stoppedAt, filter: null };
    const page = (await second.json(`/page/ask/dashboard?params=${encodeURIComponent(JSON.stringify(span))}`)).body;
    assert.ok(
      page.queues.total.some((ready: number | null) => (ready ?? 0) > 0),
      'how full the queue was',
    );
    const { entries } = (await second.json('/api/v1/history/audit')).body;
    assert.deepEqual(
      entries.map(({ action }: { action: string }) => action),
      ['pool_grow'],
    );
    const { body: status } = await second.json('/api/v1/history');
    assert.deepEqual([status.kind, status.notices], ['file', []]);
    assert.ok(!status.path.includes('geheim'));
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.sqlite'));
    const read = await celeriac(['history', join(folder, file), '--json', '--state', 'FAILURE']);
    assert.equal(JSON.parse(read.stdout)[0].id, failed);
    assert.equal(await second.stop(), 0);

    const without = await Served.start(broker);
    const refused = await without.json('/api/v1/history/alerts');
    assert.deepEqual([refused.status, refused.body.code], [400, 'unsupported']);
    assert.equal((await without.json('/api/v1/tasks?source=history')).status, 400);
    assert.equal(await without.stop(), 0);
  });
});
