import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ControlMethod, controlMethods, specOf } from '../../server/celery/controlCommands.ts';
import type { LabRedis, LabWorker } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('inspecting workers', () => {
  let scene: Scene;
  let broker: LabRedis;
  let solo: LabWorker;

  before(async () => {
    scene = await openScene({
      workspace: join(import.meta.dirname, '..', 'lab', 'python'),
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        solo = await lab.worker({ broker, name: 'mail', queues: ['emails'], pool: 'solo' });
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
  const helpOf = (method: ControlMethod): string => specOf(method).help;
  const ask = async (method: ControlMethod): Promise<void> => {
    await scene.window.runCommand('Celery: Inspect Workers…');
    await scene.window.pickAsking('Select what to inspect');
    // The list is longer than what is drawn of it.
    await scene.window.page.keyboard.type(helpOf(method));
    await scene.window.pick(helpOf(method));
  };

  test('from the palette, of all workers, by the keyboard alone', async () => {
    await eventually(async () => assert.equal((await scene.window.treeRows('Clusters'))[1]?.description, '2 online'));
    await ask('ping');
    await scene.window.page.keyboard.press('Enter');
    await shows(/^Celery: Ping \(inspect ping\)/, /2 answered in \d+ ms/, /api@lab +pong/, /mail@lab +pong/);
    await scene.window.screenshots('inspect-ping');
  });

  test('shows tasks that run as a table, and from the row only those of that worker', async () => {
    const done = `${scene.lab.folder}/inspected`;
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'default' });
    const row = scene.window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /1 active/));
    await row.hover();
    await row.locator('.action-label[aria-label^="Inspect Workers"]').click();
    await scene.window.pick(helpOf('active'));
    await shows(/WORKER +RUNNING/, /lab\.until_file/, /1 answered/);
    await scene.window.screenshots('inspect-active');
  });

  test('shows what the threads of a worker do that is busy and answers nothing, with links into the code', async () => {
    const { window, lab } = scene;
    const done = join(lab.folder, 'dumped');
    await lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'emails' });
    await eventually(async () => assert.match(solo.output(), /lab\.until_file\[.*received/));
    await window.chooseFromMenu('Clusters', 'mail@lab', 'Dump Threads…');
    await shows(/celery threads mail@lab/, /MainThread · running until_file/, /lab_app\.py", line \d+, in until_file/);
    await window.screenshot('threads');
    await window.runCommand('Celery: Dump Threads…');
    await window.pick('mail@lab');
    await window.page.getByRole('button', { name: 'Compare with Previous Dump' }).waitFor();
    const frame = window.page.locator('.view-line').filter({ hasText: 'in until_file' }).locator('.detected-link');
    // A link is drawn anew while the key is down.
    await eventually(async () => {
      if (/def until_file/.test(await window.editorText())) return;
      await frame.first().click({ modifiers: ['ControlOrMeta'], timeout: 3_000 });
    }, 40_000);
    await shows(/def until_file/);
    writeFileSync(done, '');
  });

  test('names a worker that does not answer, and asks again in place', async () => {
    solo.pause();
    await ask('clock');
    await scene.window.page.keyboard.press('Enter');
    await shows(/1 answered/, /mail@lab/);
    solo.resume();
    await scene.window.runCommand('Celery: Refresh Page');
    await shows(/2 answered/);
  });

  test('asks everything that there is to ask, and names who refuses', async () => {
    const { window } = scene;
    const plain = controlMethods.filter((method) => specOf(method).group === 'inspect');
    assert.equal(plain.length, 15);
    for (const method of plain) {
      await ask(method);
      if (method === 'query_task') {
        await window.promptSaying('Task IDs');
        await window.enter('no-such-id');
      }
      await window.pickAsking('Select workers');
      await window.page.keyboard.press('Enter');
      await shows(RegExp(`Celery: .*\\binspect ${method}`), /\d answered in \d+ ms|refused/);
    }
  });

  test('asks with arguments where some are wanted, and says what a worker lacks', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Inspect Workers…');
    await window.pickAsking('Select what to inspect');
    await window.screenshots('inspect-choose');
    const conf = window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: helpOf('conf') });
    await conf.hover();
    await conf.getByRole('button', { name: 'Set Parameters…' }).click();
    const defaults = window.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'with_defaults' });
    await defaults.click();
    await eventually(async () => assert.match(await defaults.innerText(), /yes/));
    await window.screenshots('inspect-parameters');
    await window.pick('Inspect');
    await window.pickAsking('Select workers');
    await window.page.keyboard.press('Enter');
    await shows(/Configuration \(inspect conf with_defaults=yes\)/, /2 answered/, /accept_content = /);
    await ask('memsample');
    await window.page.keyboard.press('Enter');
    await shows(/api@lab, mail@lab cannot report this without psutil\./, /pip install psutil/);
    await window.screenshot('inspect-memory');
  });

  test('compares the answers of two workers side by side, and names what differs', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Clusters', 'Workers', 'Inspect', 'Statistics');
    await shows(/Statistics \(inspect stats\)/, /2 answered/);
    await window.screenshots('inspect-stats');
    await window.runCommand('Celery: Compare Workers…');
    const tab = window.page.locator('.tab.active');
    await eventually(async () =>
      assert.match((await tab.getAttribute('aria-label')) ?? '', /stats: api@lab ↔ mail@lab · \d differ: .*pid/),
    );
    await window.screenshots('inspect-compare');
  });
});
