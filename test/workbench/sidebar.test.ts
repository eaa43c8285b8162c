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
    assert.match((await rowOf('shop')).description, /2 workers.*redis/);
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
    await described('api@lab', /^lost, last heartbeat \d\d:\d\d:\d\d/, 15_000);
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
    await described('default', /^no consumer · 3 ready/, 20_000);
    assert.equal((await rowOf('default')).icon, 'warning');
    await described('Queues', /^3 ready/);
    await scene.window.screenshots('sidebar-queues');
  });

  /** The one item of the status bar, with the name of its first icon. */
  const bar = async () => {
    const item = scene.window.page.locator('.statusbar-item', { hasText: 'shop' });
    const [icon] = await item
      .locator('.codicon')
      .evaluateAll((icons: { className: string }[]) =>
        icons.map(({ className }) => /\bcodicon-([\w-]+)/.exec(className)?.[1]),
      );
    const shown = (await scene.window.statusBar()).find(({ text }) => text.includes('shop')) ?? assert.fail();
    return { ...shown, icon };
  };
  const inAlerts = async (label: string): Promise<TreeRow> =>
    (await scene.window.treeRows('Alerts')).find((row) => row.label === label) ?? assert.fail(label);

  test('shows one verdict: the row, the status bar and the Alerts view agree on icon and word', async () => {
    const levels = new Set<string>();
    await eventually(async () => {
      const [row, item, alert] = await Promise.all([rowOf('shop'), bar(), inAlerts('shop')]);
      const word = /^(healthy|degraded|unhealthy|collecting…)/.exec(alert.description)?.[0] ?? assert.fail();
      levels.add(word);
      assert.deepEqual([item.icon, alert.icon], [row.icon, row.icon]);
      assert.match(item.spoken, new RegExp(`^Celery connection shop: ${word}`));
      // Messages wait in "default", and its worker has gone.
      assert.equal(word, 'degraded', [...levels].join());
      assert.match(row.description, /^degraded · /);
      assert.match(item.text, /^shop degraded/);
    }, 60_000);
    await scene.window.screenshots('sidebar-degraded');
  });

  test('opens the page of a queue and of a worker with a click', async () => {
    await scene.window.row('Clusters', 'default').click();
    await eventually(async () => assert.match(await scene.window.editorText(), /default/));
    await scene.window.row('Clusters', 'mail@lab').click();
    await eventually(async () =>
      assert.match(await scene.window.editorText(), /Worker mail@lab[\s\S]*Pool[\s\S]*Queues/),
    );
    await scene.window.screenshots('sidebar-worker-page');
  });

  test('makes production unmistakable, also in a narrow sidebar', async () => {
    const connection = { name: 'shop', url: broker.url };
    scene.vscode.changeSettings({ 'celeriac.connections': [{ ...connection, environment: 'prod' }] });
    await described('shop', /^PROD · .*1 worker.* · read-only · redis$/, 30_000);
    await eventually(async () => {
      const [row, item, alert] = await Promise.all([rowOf('shop'), bar(), inAlerts('shop')]);
      assert.deepEqual([row.icon, item.icon, alert.icon], ['lock', 'lock', 'lock']);
      assert.match(item.text, /^PROD shop/);
      assert.match(alert.description, /^PROD · /);
      assert.ok(item.hasWarningBackground);
    });
    await scene.window.screenshots('sidebar-production');
    await scene.window.widenSidebar(250);
    await scene.window.screenshots('sidebar-production-narrow');
    await scene.window.widenSidebar(300);
    scene.vscode.changeSettings({ 'celeriac.connections': [{ ...connection, environment: 'prod', readOnly: false }] });
    await eventually(async () => {
      const [row, item] = await Promise.all([rowOf('shop'), bar()]);
      assert.deepEqual([row.icon, item.icon, item.hasErrorBackground], ['shield', 'shield', true]);
    }, 30_000);
    scene.vscode.changeSettings({ 'celeriac.connections': [connection] });
    await eventually(async () => assert.doesNotMatch((await rowOf('shop')).description, /PROD|not connected/), 30_000);
  });

  test('keeps the old rows while the broker is away, marks them as stale, and connects at once when told to', async () => {
    await described('mail@lab', /^0 active/, 30_000);
    await broker.kill();
    await described('shop', /^offline, retry in \d+ s$/, 20_000);
    await eventually(async () => assert.match((await rows())[1]?.label ?? '', /127\.0\.0\.1|localhost/));
    await described('mail@lab', /stale/);
    await eventually(async () => {
      const [entry, ...alerts] = await scene.window.treeRows('Alerts');
      assert.match(`${entry?.label} | ${entry?.description}`, /^Broker not reachable \| shop · stale \d+ s$/);
      for (const alert of alerts) assert.match(alert.description, /^stale /, alert.label);
      assert.match((await bar()).text, /^shop offline$/);
    });
    await scene.window.screenshots('sidebar-broker-away');
    // The wait is by then longer than a person waits, and still at most ten seconds.
    await described('shop', /^offline, retry in [5-9] s$/, 40_000);
    await broker.start();
    await scene.window.pressInRow('Clusters', 'shop', /^Connect Now/);
    await described('shop', /redis$/, 5_000);
    await described('mail@lab', /^0 active · 1 total · load [\d.]+$/, 20_000);
  });
});
