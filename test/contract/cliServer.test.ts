import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { at, CliProcess, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

const token = 'a-token-of-sixteen-characters-and-more';

describe('celeriac … --server', { concurrency: 2 }, () => {
  labTest('answers as the broker would, from the memory of the server', async (lab) => {
    const broker = await lab.redis({ password: 'geheim' });
    const worker = await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const served = await Served.start(broker, [], { CELERIAC_TOKEN: token });
    const server = ['--server', `http://127.0.0.1:${served.port}`];
    const env = { CELERIAC_TOKEN: token, CELERY_BROKER_URL: '' };
    const ask = (...args: readonly string[]) => celeriac([...args, ...server], { env });
    const headers = { authorization: `Bearer ${token}` };
    await until('it listens', async () => (await served.ask('/readyz')).status === 200);
    const ids = await lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default', count: 3 });
    const [failed = ''] = await lab.send({ broker, task: 'lab.fail', args: ['no stock'], queue: 'default' });
    await until('all have ended', async () => {
      const { body } = await served.json('/api/v1/tasks?query=state:SUCCESS+OR+state:FAILURE', { headers });
      return body.matching === 4;
    });

    const own = JSON.parse((await celeriac(['status', '--json', ...at(broker)])).stdout);
    const status = await ask('status', '--json');
    const told = JSON.parse(status.stdout);
    assert.deepEqual(Object.keys(told).toSorted(), Object.keys(own).toSorted());
    assert.deepEqual(
      Object.keys(told.workers[worker.hostname]).toSorted(),
      Object.keys(own.workers[worker.hostname]).toSorted(),
    );
    assert.match((await ask('status')).stdout, /^w@lab +● online .*5\.\d+\.\d+$/m);
    assert.equal(status.stderr, '');
    assert.match((await ask('workers')).stdout, /^WORKER .*\nw@lab +● online/);

    const tasks = await ask('tasks', 'state:SUCCESS', '--json');
    assert.deepEqual(
      JSON.parse(tasks.stdout)
        .map(({ uuid }: { uuid: string }) => uuid)
        .toSorted(),
      ids.toSorted(),
    );
    assert.match((await ask('tasks', '--limit', '2')).stderr, /the first 2 of 4 tasks; use --limit to see more/);
    assert.match((await ask('tasks', 'state:FAILURE', '--output', 'csv')).stdout, new RegExp(`${failed}`));
    assert.match((await ask('task', failed.slice(0, 12))).stdout, /no stock/);
    assert.equal(JSON.parse((await ask('task', failed, '--json')).stdout).state, 'FAILURE');
    assert.equal((await ask('task', 'zzzz')).code, 3);
    assert.match((await ask('failures')).stdout, /lab\.fail .*no stock/);

    const queues = JSON.parse((await ask('queues', '--json')).stdout);
    assert.deepEqual(
      queues.map(({ name }: { name: string }) => name),
      ['default'],
    );
    assert.ok(!('ageSeconds' in queues[0]));
    assert.equal((await ask('queues', '-Q', 'defalt')).stderr, 'No queue "defalt" found. Did you mean "default"?\n');

    const active = await ask('inspect', 'active', '--json');
    assert.deepEqual(JSON.parse(active.stdout), { 'w@lab': [] });
    assert.match((await ask('inspect', 'objgraph')).stderr, /"objgraph" leaves something behind on the worker/);
    assert.match((await ask('inspect', 'ping', '-d', 'v@lab')).stderr, /v@lab/);
    assert.ok(
      'broker_url' in JSON.parse((await ask('inspect', 'conf', 'with_defaults=yes', '--json')).stdout)['w@lab'],
    );
    const refused = await ask('control', 'pool_grow', '2', '--yes');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /refused: This server is read-only\. Start it with --allow-write/);

    const health = await ask('health', '--json');
    assert.ok(health.code !== 3, health.stderr);
    assert.ok(JSON.parse(health.stdout).listenedSeconds >= 0);
    for (const { stdout, stderr } of [status, health, tasks, active])
      assert.ok(!`${stdout}${stderr}`.includes('geheim'));

    const watching = new CliProcess(['status', '--watch', '--json', ...server], { env });
    await until('two pictures', () => watching.lines.length >= 2);
    watching.kill('SIGINT');
    assert.equal((await watching.ended).code, 130);
    assert.equal(await served.stop(), 0);
  });

  labTest(
    'lets workers be told what to do where the server may write, and names what keeps it from that',
    async (lab) => {
      const broker = await lab.redis();
      await lab.worker({ broker, name: 'w', concurrency: 1 });
      const served = await Served.start(broker, ['--allow-write'], { CELERIAC_TOKEN: token });
      const file = join(lab.folder, 'token');
      writeFileSync(file, `${token}\n`);
      const url = `http://127.0.0.1:${served.port}`;
      await until('it listens', async () => (await served.ask('/readyz')).status === 200);
      const grown = await celeriac([
        'control',
        'pool_grow',
        '1',
        '--yes',
        '--json',
        '--server',
        url,
        '--token-file',
        file,
      ]);
      assert.equal(grown.code, 0, grown.stderr);
      assert.deepEqual(JSON.parse(grown.stdout), [{ 'w@lab': { ok: 'pool will grow' } }]);
      const without = await celeriac(['status', '--server', url], { env: { CELERIAC_TOKEN: '' } });
      assert.deepEqual(
        [without.code, without.stderr],
        [1, `celeriac: The server at ${url} requires a token. Set CELERIAC_TOKEN, or name a file with --token-file.\n`],
      );
      const wrong = await celeriac(['status', '--server', url], {
        env: { CELERIAC_TOKEN: 'another-token-of-some-length' },
      });
      assert.match(wrong.stderr, /does not accept the token in CELERIAC_TOKEN\.$/m);
      assert.equal(await served.stop(), 0);
      const gone = await celeriac(['tasks', '--server', url, '--token-file', file]);
      assert.equal(gone.code, 1);
      assert.match(gone.stderr, /cannot be reached: nothing listens there\./);
    },
  );
});
