import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRedis, LabWorker } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';
import type { TreeRow } from './harness/treeRow.ts';

describe('the Clusters tree, down to its last row', () => {
  let scene: Scene;
  let broker: LabRedis;
  let api: LabWorker;
  let done: string;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        api = await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default', 'high'] });
        await lab.worker({ broker, name: 'mail', pool: 'solo', queues: ['emails'] });
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url }],
          'celeriac.refresh.intervalMs': 1_000,
        };
      },
    });
    done = join(scene.lab.folder, 'done');
  });
  after(() => scene?.close());

  const rows = () => scene.window.treeRows('Clusters');
  /** The rows below a row, as far as they are drawn. */
  const below = async (label: string): Promise<TreeRow[]> => {
    const all = await rows();
    const at = all.findIndex((row) => row.label === label);
    const level = all[at]?.level ?? assert.fail(`There is no row "${label}": ${JSON.stringify(all)}`);
    const end = all.findIndex((row, index) => index > at && row.level <= level);
    return all.slice(at + 1, end < 0 ? undefined : end);
  };
  const shows = (label: string, ...words: readonly RegExp[]) =>
    eventually(async () => {
      const text = (await below(label)).map((row) => `${row.label} | ${row.description}`).join('\n');
      for (const each of words) assert.match(text, each);
    });

  test('shows what a worker runs, and for how long', async () => {
    // Events of tasks that began before the engine listened would be missing.
    await scene.window.row('Clusters', 'api@lab').waitFor({ timeout: 60_000 });
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'default', count: 3 });
    await scene.window.expand('Clusters', 'api@lab');
    await shows('api@lab', /^Active \| 2$/m, /^Reserved \| 1$/m, /^lab\.until_file \| \w{4}… \d+\.\d s$/m);
    await scene.window.expand('Clusters', 'Consuming');
    await shows('Consuming', /^default \| 0 ready/m, /^high \|/m);
    await scene.window.expand('Clusters', 'Processes');
    await shows('Processes', /^\d+ \| lab\.until_file$/m);
    await scene.window.screenshots('tree-tasks');
  });

  test('tells of a worker that does not answer what its events tell, and of one that hears nothing that it does', async () => {
    api.pause();
    try {
      await shows(
        'api@lab',
        /^api@lab (sends heartbeats|has gone silent|answered before|is lost)/m,
        /^Active \| 2 · from events$/m,
      );
      await scene.window.screenshots('tree-silent-worker');
    } finally {
      api.resume();
    }
    await shows('api@lab', /^Active \| 2$/m);
    // In a solo pool the task itself keeps the worker from sending the event that it has begun.
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'emails' });
    await scene.window.collapse('Clusters', 'api@lab');
    await scene.window.expand('Clusters', 'mail@lab');
    await shows('mail@lab', /^mail@lab /m, /^Active \| unknown$/m);
  });

  test('counts the runs of each task type', async () => {
    writeFileSync(done, '');
    await shows('mail@lab', /^Active \| 0$/m);
    await scene.window.collapse('Clusters', 'mail@lab');
    await scene.window.expand('Clusters', 'Task Types');
    await shows('Task Types', /^lab\.until_file \| p95 .* · 0% failed$/m);
  });

  test('leaves what the filter names', async () => {
    await scene.window.runCommand('Celery: Filter Clusters…');
    await scene.window.enter('mail');
    await eventually(async () => {
      const labels = (await rows()).map(({ label }) => label);
      assert.ok(labels.includes('emails') && !labels.includes('default'), labels.join());
    });
    await scene.window.screenshots('tree-filter');
    await scene.window.runCommand('Celery: Clear Clusters Filter');
    await eventually(async () => assert.ok((await rows()).some(({ label }) => label === 'default')));
  });

  test('shows recent tasks in a view of their own, filtered and page by page', async () => {
    await scene.lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default', count: 60 });
    await scene.lab.send({ broker, task: 'lab.fail', args: ['no stock'], queue: 'default' });
    await scene.window.collapseView('Clusters');
    await scene.window.expandView('Tasks');
    const tasks = () => scene.window.treeRows('Tasks');
    await eventually(async () => {
      const first = (await tasks()).map(({ label, description }) => `${label} | ${description}`).join('\n');
      assert.match(first, /^lab\.fail \| \w{4}… · failed: LabError\('no stock'\)$/m);
      assert.match(first, /^lab\.echo \| \w{4}… · succeeded in \d+ ms$/m);
    });
    await scene.window.screenshots('tasks-view');
    await scene.window.runCommand('Celery: Filter Tasks…');
    await scene.window.pick('State');
    await scene.window.pickMany('FAILURE');
    await eventually(async () =>
      assert.deepEqual(
        (await tasks()).map(({ label }) => label),
        ['lab.fail'],
      ),
    );
    await scene.window.screenshots('tasks-filtered');
    await scene.window.runCommand('Celery: Clear Tasks Filter');
    await eventually(async () => assert.ok((await tasks()).length > 1));
    const last = async (label: string) =>
      eventually(async () => {
        await scene.window.scrollDown('Tasks');
        assert.equal((await tasks()).at(-1)?.label, label);
      });
    await last('Show 50 more…');
    await scene.window.row('Tasks', 'Show 50 more…').click();
    await last('lab.until_file');
    await scene.window.expandView('Clusters');
  });

  test('says in the status bar how the connection is, and leads on from there', async () => {
    const bar = async () => (await scene.window.statusBar()).find(({ text }) => text.includes('shop'));
    await eventually(async () => assert.match((await bar())?.text ?? '', /shop\b.*\b2\b.*\b0\b/));
    assert.match((await bar())?.spoken ?? '', /Celery connection shop: \S+, 2 workers, 0 messages queued/);
    await scene.window.page.locator('.statusbar-item', { hasText: /^\s*shop/ }).click();
    const offered = (await scene.window.quickPickItems()).map(({ label }) => label);
    assert.ok(
      offered.some((label) => label.includes('Switch Connection')),
      offered.join(),
    );
    await scene.window.screenshot('status-menu');
    await scene.window.page.keyboard.press('Escape');
  });

  test('keeps what is folded and what is open over a restart of the broker', async () => {
    await scene.window.collapse('Clusters', 'Queues');
    await scene.window.expand('Clusters', 'mail@lab');
    await shows('mail@lab', /^No running tasks \|/m);
    await broker.kill();
    await eventually(async () => assert.match((await rows())[0]?.description ?? '', /^offline, retry in/));
    await eventually(async () => {
      const bar = (await scene.window.statusBar()).find(({ text }) => text.includes('shop'));
      assert.match(bar?.text ?? '', /shop offline/);
    });
    await scene.window.screenshots('tree-broker-away');
    await broker.start();
    await eventually(async () => assert.match((await rows())[0]?.description ?? '', /2 workers .*redis$/), 60_000);
    await eventually(async () => {
      const now = await rows();
      const isOpen = (label: string) => now.find((row) => row.label === label)?.expanded;
      assert.deepEqual([isOpen('Queues'), isOpen('api@lab'), isOpen('mail@lab')], [false, false, true]);
    });
    await shows('mail@lab', /^Active \| 0$/m);
  });

  test('complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
