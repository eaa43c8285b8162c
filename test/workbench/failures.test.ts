import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRedis, LabWorker } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';
import type { TreeRow } from './harness/treeRow.ts';

const labApp = join(import.meta.dirname, '..', 'lab', 'python', 'lab_app.py');
const lineOf = (text: string): number => {
  const at = readFileSync(labApp, 'utf8').split('\n').indexOf(text);
  assert.ok(at >= 0, `lab_app.py has no line "${text}"`);
  return at + 1;
};

/** As fast as it can, what workers say when tasks fail: 10,000 times, of twenty kinds. */
const flood = `
import sys
from lab_app import app
with app.connection_for_write() as connection:
    sender = app.events.Dispatcher(connection, hostname="flood@lab", buffer_while_offline=False)
    for i in range(10_000):
        kind, uuid = i % 20, f"00000000-0000-4000-8000-{i:012d}"
        sender.send("task-received", uuid=uuid, name=f"flood.task{kind}", args="()", kwargs="{}")
        trace = f'Traceback (most recent call last):\\n  File "/app/flood.py", line {kind + 1}, in task{kind}\\nFloodError: no {i}'
        sender.send("task-failed", uuid=uuid, exception=f"FloodError('no {i}')", traceback=trace)
`;

describe('failures, on a real cluster', () => {
  let scene: Scene;
  let broker: LabRedis;
  let worker: LabWorker;
  let workspace: string;

  before(async () => {
    // The code lies elsewhere than where the workers run it, as with a container.
    workspace = mkdtempSync(join(tmpdir(), 'celeriac-code-'));
    mkdirSync(join(workspace, 'src'));
    copyFileSync(labApp, join(workspace, 'src', 'lab_app.py'));
    scene = await openScene({
      workspace,
      settings: async (lab) => {
        broker = await lab.redis();
        worker = await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url, resultBackend: broker.url }] };
      },
    });
    await eventually(async () => assert.equal((await clusterRow('api@lab')).icon, 'pass'), 30_000);
  });
  after(async () => {
    await scene?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  const clusterRow = async (label: string): Promise<TreeRow> =>
    (await scene.window.treeRows('Clusters')).find((row) => row.label === label) ?? assert.fail(`no row "${label}"`);
  const failureRow = async (label: string): Promise<TreeRow> => {
    const rows = await scene.window.treeRows('Failures');
    return rows.find((row) => row.label === label) ?? assert.fail(`no row "${label}": ${JSON.stringify(rows)}`);
  };
  const toastTexts = async () => (await scene.window.toasts()).map(({ text }) => text);
  const toastSays = (words: RegExp, limitMs = 30_000) =>
    eventually(async () => {
      const texts = await toastTexts();
      assert.ok(
        texts.some((text) => words.test(text)),
        texts.join(' | '),
      );
    }, limitMs);
  const badge = () =>
    scene.window.page
      .getByRole('tab', { name: /^Celery/ })
      .first()
      .locator('.badge-content');
  const cursorAt = (line: number) =>
    eventually(async () => {
      const items = await scene.window.statusBar();
      assert.ok(
        items.some(({ text }) => text.startsWith(`Ln ${line},`)),
        items.map(({ text }) => text).join(' | '),
      );
    });

  test('an empty view says since when nothing has failed', async () => {
    await eventually(async () =>
      assert.match(await scene.window.viewMessage('Failures'), /^No failures on shop since \d\d:\d\d:\d\d\.$/),
    );
    await scene.window.screenshots('failures-empty');
  });

  test('a task that fails brings one toast, and that leads to the line, though the worker ran another copy', async () => {
    await scene.lab.send({ broker, task: 'lab.fail', args: ['as told'] });
    // What fails in the first minute after connecting is one toast at its end.
    await toastSays(/^lab\.fail failed on shop \(“LabError: as told”\)$/, 90_000);
    const toasts = await scene.window.toasts();
    await scene.window.screenshot('failures-toast');
    await scene.window.press('Go to Code');
    await cursorAt(lineOf('    raise LabError(message)'));
    assert.match(await scene.window.page.title(), /lab_app\.py/);
    assert.equal(toasts.length, 1);
    assert.equal(toasts[0]?.severity, 'warning');
    assert.deepEqual(toasts[0]?.buttons.slice(-3), ['Show', 'Go to Code', 'Mute…']);
  });

  test('it also brings a row, and a badge', async () => {
    await eventually(async () =>
      assert.match((await failureRow('LabError: as told')).description, /^lab\.fail ×1 · \d+ [sm] ago · 1 new$/),
    );
    await eventually(async () => assert.equal(await badge().textContent(), '1'));
    await scene.window.screenshots('failures-row');
  });

  test('from a row to the traceback, and from its frame to the line', async () => {
    await scene.window.runCommand('View: Close All Editors');
    await scene.window.chooseFromMenu('Failures', 'LabError: as told', 'Open Traceback');
    const frame = scene.window.page.locator('.view-line .detected-link', { hasText: 'lab_app.py' }).first();
    await frame.waitFor();
    await scene.window.screenshot('failures-traceback');
    // The key draws the link anew below the pointer, which Playwright takes for a link that has gone.
    await frame.click({ modifiers: ['ControlOrMeta'], force: true });
    await cursorAt(lineOf('    raise LabError(message)'));
  });

  test('asks which file is meant when several fit, and remembers the answer', async () => {
    mkdirSync(join(workspace, 'old'));
    copyFileSync(labApp, join(workspace, 'old', 'lab_app.py'));
    await scene.window.runCommand('View: Close All Editors');
    await scene.window.chooseFromMenu('Failures', 'LabError: as told', 'Go to Code');
    await scene.window.pick('src/lab_app.py');
    await cursorAt(lineOf('    raise LabError(message)'));
    await eventually(() => {
      const settings = JSON.parse(readFileSync(join(workspace, '.vscode', 'settings.json'), 'utf8'));
      assert.deepEqual(settings, { 'celeriac.debug.pathMappings': { [dirname(labApp)]: '${workspaceFolder}/src' } });
    });
    await scene.window.runCommand('View: Close All Editors');
    await scene.window.chooseFromMenu('Failures', 'LabError: as told', 'Go to Code');
    await cursorAt(lineOf('    raise LabError(message)'));
  });

  test('seen is seen: the badge goes', async () => {
    await scene.window.chooseFromMenu('Failures', 'LabError: as told', 'Mark Failure as Seen');
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /ago$/));
    await eventually(async () => assert.equal(await badge().isVisible(), false));
  });

  test('a failed task is sent again with edited arguments, and succeeds', async () => {
    const { window } = scene;
    await window.clearToasts();
    await scene.lab.send({ broker, task: 'lab.sleep', args: ['soon'], queue: 'default' });
    await toastSays(/^lab\.sleep failed on shop \(“TypeError: /);
    const row =
      (await window.treeRows('Failures')).find(({ label }) => label.startsWith('TypeError: ')) ?? assert.fail();
    await window.chooseFromMenu('Failures', row.label, 'Retry Failed Tasks…');
    await window.pickAsking('Will be sent as a new task with a new ID');
    await window.screenshots('failures-retry');
    await window.pick('Edit as JSON…');
    const editor = window.page.locator('.editor-instance .view-lines').first();
    await eventually(async () => assert.match(await editor.innerText(), /"soon"/));
    await window.screenshots('failures-retry-editor');
    await editor.click();
    await window.page.keyboard.press('ControlOrMeta+a');
    await window.page.keyboard.press('Delete');
    await window.page.keyboard.insertText("{'args': (0,)}");
    await eventually(async () => assert.match(await editor.innerText(), /\(0,\)/));
    await window.page.keyboard.press('ControlOrMeta+Enter');
    await toastSays(/^lab\.sleep succeeded/);
    await window.clearToasts();
  });

  test('all of a group are sent again after a modal question, each with its own arguments', async () => {
    const { window } = scene;
    await scene.lab.send({ broker, task: 'lab.fail', args: ['as told'], count: 2 });
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /×3/));
    await window.chooseFromMenu('Failures', 'LabError: as told', 'Retry Failed Tasks…');
    await window.pick('All 3');
    await eventually(async () =>
      assert.match(
        (await window.dialogs())[0]?.detail ?? '',
        /Sends 3 tasks again with[\s\S]+Connection: shop \(dev\)/,
      ),
    );
    await window.press('Retry');
    await toastSays(/^Sent 3 tasks again\.$/);
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /×6/));
    await window.clearToasts();
    await window.expand('Failures', 'LabError: as told');
    await eventually(async () => {
      const single = (await window.treeRows('Failures')).filter(({ level }) => level === 2);
      assert.equal(single.length, 6);
      assert.match(single.at(-1)?.description ?? '', /^[0-9a-f]{8} · \d+ [sm] ago · api@lab · [([]'as told',?[)\]]$/);
    });
    await window.screenshots('failures-group');
  });

  test('a muted failure leaves the view, and can be seen and unmuted again', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Failures', 'LabError: as told', 'Mute Failure…');
    await window.pick('Forever');
    await eventually(async () =>
      assert.ok(!(await window.treeRows('Failures')).some(({ label }) => label === 'LabError: as told')),
    );
    await window.runCommand('Celery: Show Muted Failures');
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /muted$/));
    await window.chooseFromMenu('Failures', 'LabError: as told', 'Unmute Failure');
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /ago$/));
    await window.runCommand('Celery: Hide Muted Failures');
  });

  test('when all workers are killed a toast says so, an alert tells of the work that waits, and both end with their return', async () => {
    const { window } = scene;
    await worker.kill();
    await toastSays(/^All workers of shop are lost \(api@lab\)/);
    await scene.lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default' });
    await eventually(async () => {
      const rows = await window.treeRows('Alerts');
      assert.ok(
        rows.some(
          ({ label, description }) =>
            /^No consumer: default$/.test(label) && /^1 · (warning|critical) · for /.test(description),
        ),
        JSON.stringify(rows),
      );
    }, 40_000);
    await window.page.keyboard.press('Escape');
    const alert = (await window.treeRows('Alerts')).find(({ label }) => label.includes(': '))?.label ?? assert.fail();
    await window.expand('Alerts', alert);
    await window.screenshots('failures-lost');
    await worker.start();
    await eventually(async () => {
      const items = await window.statusBar();
      assert.ok(items.some(({ text }) => text.includes('shop: workers are back')));
    }, 30_000);
    await eventually(async () => {
      const rows = await window.treeRows('Alerts');
      assert.ok(!rows.some(({ label }) => /default/.test(label)), JSON.stringify(rows));
    }, 40_000);
    await window.clearToasts();
  });

  test('10,000 failures of twenty kinds bring one toast, which mutes them', async () => {
    const { window } = scene;
    const flooding = scene.lab.python({ broker, code: flood });
    await toastSays(/^[\d,]+ tasks failed in \d+ ways on shop: flood\.task/);
    let most = (await window.toasts()).length;
    await window.press('Mute…');
    await window.pick('Forever');
    await eventually(async () =>
      assert.ok(!(await window.treeRows('Failures')).some(({ label }) => label.startsWith('FloodError'))),
    );
    await window.runCommand('Celery: Show Muted Failures');
    await eventually(async () => {
      most = Math.max(most, (await window.toasts()).length);
      const rows = await window.treeRows('Failures');
      assert.ok(
        rows.filter(({ description }) => description.includes('×500 ')).length >= 5,
        JSON.stringify(rows.map((row) => row.description)),
      );
    }, 60_000);
    assert.equal((await flooding).code, 0);
    assert.equal(most, 1);
    await window.screenshots('failures-flood');
    await window.runCommand('Celery: Hide Muted Failures');
  });

  test('groups and mutes are still there after the window is loaded anew, and are no news', async () => {
    const { window } = scene;
    await window.page.reload();
    await window.openSidebar('Celery');
    await eventually(async () => assert.match((await failureRow('LabError: as told')).description, /×6/), 60_000);
    assert.ok(!(await window.treeRows('Failures')).some(({ label }) => label.startsWith('FloodError')));
    await window.runCommand('Celery: Restart Celeriac');
    await eventually(async () => assert.equal((await clusterRow('api@lab')).icon, 'pass'), 30_000);
    await window.runCommand('Celery: Show Muted Failures');
    await eventually(async () => assert.match((await failureRow('FloodError: no 9999')).description, /×500/));
    assert.deepEqual(await toastTexts(), []);
  });
});
