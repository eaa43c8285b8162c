import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LabRedis, LabWorker } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('inspecting workers', () => {
  let scene: Scene;
  let broker: LabRedis;
  let solo: LabWorker;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        solo = await lab.worker({ broker, name: 'mail', queues: ['emails'] });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
  });
  after(() => scene?.close());

  const shows = (...words: readonly RegExp[]) =>
    eventually(async () => {
      const text = await scene.window.editorText();
      for (const each of words) assert.match(text, each);
    });
  const ask = async (method: string): Promise<void> => {
    await scene.window.runCommand('Celery: Inspect Workers…');
    await scene.window.pick(method);
  };

  test('from the palette, of all workers, by the keyboard alone', async () => {
    await eventually(async () => assert.equal((await scene.window.treeRows('Clusters'))[1]?.description, '2 online'));
    await ask('ping');
    await scene.window.page.keyboard.press('Enter');
    await shows(/celery inspect ping/, /2 answered in \d+ ms/, /api@lab +pong/, /mail@lab +pong/);
    await scene.window.screenshots('inspect-ping');
  });

  test('shows tasks that run as a table, and from the row only those of that worker', async () => {
    const done = `${scene.lab.folder}/inspected`;
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'default' });
    const row = scene.window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /1 active/));
    await row.hover();
    await row.locator('.action-label[aria-label^="Inspect Workers"]').click();
    await scene.window.pick('active');
    await shows(/WORKER +RUNNING/, /lab\.until_file/, /1 answered/);
    await scene.window.screenshots('inspect-active');
  });

  test('names a worker that does not answer, and asks again in place', async () => {
    solo.pause();
    await ask('clock');
    await scene.window.page.keyboard.press('Enter');
    await shows(/1 answered/, /mail@lab/);
    solo.resume();
    await scene.window.runCommand('Celery: Refresh Answers');
    await shows(/2 answered/);
  });

  test('asks everything that there is to ask, and names who refuses', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Inspect Workers…');
    const methods = (await window.quickPickItems()).map(({ label }) => label);
    await window.page.keyboard.press('Escape');
    assert.equal(methods.length, 15);
    for (const method of methods) {
      await ask(method);
      if (method === 'query_task') {
        await window.promptSaying('Where tasks are');
        await window.enter('no-such-id');
      }
      await window.pickAsking('Which workers? Enter takes those that are ticked.');
      await window.page.keyboard.press('Enter');
      await shows(RegExp(`celery inspect ${method}`), /\d answered in \d+ ms|refused/);
    }
  });

  test('compares the answers of two workers side by side, and names what differs', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Clusters', 'Workers', 'Inspect', 'Stats');
    await shows(/celery inspect stats/, /2 answered/);
    await window.screenshots('inspect-stats');
    await window.runCommand('Celery: Compare Workers…');
    const tab = window.page.locator('.tab.active');
    await eventually(async () =>
      assert.match((await tab.getAttribute('aria-label')) ?? '', /stats: api@lab ↔ mail@lab · \d differ: .*pid/),
    );
    await window.screenshots('inspect-compare');
  });
});
