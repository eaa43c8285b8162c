import assert from 'node:assert/strict';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readHistory } from '../../server/history/readHistory.ts';
import type { LabRedis, LabWorker } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';
import type { TreeRow } from './harness/treeRow.ts';

describe('the sidebar, on a real cluster', () => {
  let scene: Scene;
  let broker: LabRedis;
  let worker: LabWorker;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        worker = await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        await lab.worker({ broker, name: 'mail', queues: ['emails'] });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
  });
  after(() => scene?.close());

  const rows = () => scene.window.treeRows('Clusters');
  const rowOf = async (label: string): Promise<TreeRow> => {
    const all = await rows();
    return all.find((row) => row.label === label) ?? assert.fail(`There is no row "${label}": ${JSON.stringify(all)}`);
  };
  const described = (label: string, words: RegExp, limitMs?: number) =>
    eventually(async () => assert.match((await rowOf(label)).description, words), limitMs);

  test('shows the connection, and below it every worker with its figures', async () => {
    await described('api@lab', /0 active · 0 total · load \d/);
    await described('mail@lab', /0 active · 0 total/);
    const tree = (await rows()).map(({ label, level, icon }) => ({ label, level, icon }));
    assert.deepEqual(tree.slice(1, 4), [
      { label: 'Workers', level: 2, icon: 'server-process' },
      { label: 'api@lab', level: 3, icon: 'pass' },
      { label: 'mail@lab', level: 3, icon: 'pass' },
    ]);
    assert.equal(tree[0]?.label, 'shop');
    assert.match((await rowOf('shop')).description, /redis.*2 workers/i);
    assert.equal((await rowOf('Workers')).description, '2 online');
    await scene.window.screenshots('sidebar-online');
  });

  test('counts while tasks run', async () => {
    const done = join(scene.lab.folder, 'done');
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], count: 2 });
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'emails' });
    await described('api@lab', /^2 active/);
    await described('mail@lab', /^1 active/);
    writeFileSync(done, '');
    await described('api@lab', /^0 active · 2 total/);
    await described('mail@lab', /^0 active · 1 total/);
  });

  test('keeps the tasks that ended on disk, where the command line can read them', async () => {
    const kept = () =>
      globSync('data/User/globalStorage/celeriac.celeriac/*.history.sqlite', { cwd: scene.vscode.folder })[0] ??
      assert.fail('There is no file.');
    await eventually(async () => {
      const path = join(scene.vscode.folder, kept());
      const { tasks } = await readHistory(path, (reader) => reader.queryTasks({ states: ['SUCCESS'] }));
      assert.equal(tasks.length, 3);
      assert.ok(tasks.every(({ name }) => name === 'lab.until_file'));
    });
  });

  test('says that a killed worker is lost after the grace, and that it is back when it is', async () => {
    await worker.kill();
    const killedAt = performance.now();
    await described('api@lab', /^lost, heard \d\d:\d\d:\d\d/, 15_000);
    assert.ok(performance.now() - killedAt > 3_500, 'It was called lost before the grace was over.');
    assert.equal((await rowOf('api@lab')).icon, 'error');
    assert.equal((await rowOf('Workers')).description, '1 online, 1 lost');
    assert.match((await rowOf('api@lab')).spoken, /lost/);
    await scene.window.screenshots('sidebar-lost');
    await worker.start();
    await described('api@lab', /^0 active/);
    assert.equal((await rowOf('api@lab')).icon, 'pass');
  });

  test('says that a worker said goodbye', async () => {
    await worker.stop();
    await described('api@lab', /^offline since/);
    assert.equal((await rowOf('api@lab')).icon, 'circle-slash');
  });

  test('shows each queue with its backlog, and says so when nobody consumes it', async () => {
    await described('emails', /^0 ready/);
    await scene.lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default', count: 3 });
    await described('default', /^nobody consumes · 3 ready/, 20_000);
    assert.equal((await rowOf('default')).icon, 'warning');
    await described('Queues', /^3 ready/);
    await scene.window.screenshots('sidebar-queues');
  });

  test('keeps the old rows while the broker is away, says why and when it tries again, and goes on', async () => {
    await broker.kill();
    await described('shop', /^offline, retry in \d+ s$/, 20_000);
    await eventually(async () => assert.match((await rows())[1]?.label ?? '', /^Connection refused at/));
    await described('mail@lab', /stale/);
    await scene.window.screenshots('sidebar-broker-away');
    await broker.start();
    await described('shop', /redis/i, 40_000);
    await described('mail@lab', /^0 active · 1 total · load [\d.]+$/, 20_000);
  });
});
