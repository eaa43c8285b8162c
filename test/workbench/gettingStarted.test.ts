import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ensurePython } from '../../scripts/setup/python.ts';
import type { Lab } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { backendsOf, descendantsOf } from './harness/processes.ts';
import { openScene, type Scene } from './harness/scene.ts';

const secret = 'kept-from-view';

/** A project with a virtual environment that names its broker in `.env`, with a password, and another one in Python. */
const layOutProject = async (lab: Lab): Promise<string> => {
  const broker = await lab.redis({ password: secret });
  await lab.worker({ broker, name: 'api' });
  const folder = join(lab.folder, 'project');
  mkdirSync(join(folder, 'shop'), { recursive: true });
  writeFileSync(join(folder, '.env'), `DEBUG=1\nCELERY_BROKER_URL=${broker.url}\n`);
  const settings = ['import os', '', 'CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "amqp://guest@mq/shop")'];
  writeFileSync(join(folder, 'shop', 'settings.py'), settings.join('\n'));
  const { python } = await ensurePython();
  symlinkSync(dirname(dirname(python)), join(folder, '.venv'));
  return folder;
};

const demoProcesses = async (): Promise<string[]> =>
  (await descendantsOf(process.pid)).map(({ command }) => command).filter((command) => command.includes('shop.tied'));

describe('somebody who has no connection yet', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ settings: () => ({}), workspace: layOutProject });
  });
  after(() => scene?.close());

  const descriptionOf = async (label: string) =>
    (await scene.window.treeRows('Clusters')).find((each) => each.label === label)?.description ?? 'no row';
  const ticks = (step: string): Promise<number> =>
    scene.window.page
      .locator('button.getting-started-step')
      .filter({ hasText: step })
      .locator('.codicon-getting-started-step-checked')
      .count();
  const pressWelcome = (button: string) =>
    scene.window.view('Clusters').locator('.welcome-view-content').getByRole('button', { name: button }).click();

  test('is told that the workspace names brokers, and sees where', async () => {
    await eventually(async () => assert.ok((await scene.window.welcome('Clusters')).includes('Show Them')), 40_000);
    await scene.window.screenshots('welcome-found');
    const offers = await scene.window.welcome('Clusters');
    assert.ok(
      offers.indexOf('Start Demo Cluster') < offers.indexOf('Add a connection') || !offers.includes('Add a connection'),
    );
    for (const view of ['Failures', 'Alerts', 'Tasks'])
      assert.equal(await scene.window.view(view).count(), 0, `${view} is empty without a connection, and hidden.`);
    await pressWelcome('Show Them');
    const rows = await scene.window.quickPickItems();
    const shown = JSON.stringify(rows);
    assert.match(shown, /redis:\/\/:\*{8}@127\.0\.0\.1:\d+/);
    assert.match(shown, /\.env:2/);
    assert.match(shown, /settings\.py:3/);
    assert.ok(!(await scene.window.page.content()).includes(secret));
    await scene.window.screenshots('found-brokers');
  });

  test('adds one of them through the form, which is filled in already, and is connected', async () => {
    await scene.window.page.keyboard.press('Enter');
    const form = scene.window.page.locator('.quick-input-widget', { hasText: 'Add Connection' });
    await form.waitFor();
    await eventually(async () => {
      if (await form.isVisible()) await scene.window.page.keyboard.press('Enter');
      assert.ok((await scene.window.treeRows('Clusters')).length > 0);
    }, 60_000);
    await eventually(async () => assert.match(await descriptionOf('project-redis'), /1 worker/), 40_000);
    assert.ok(!(await scene.window.page.content()).includes(secret));
  });

  test('starts a living cluster with one button; a walkthrough that is opened late ticks its steps off; nothing is left of it', async () => {
    scene.vscode.changeSettings({ 'celeriac.connections': [] });
    await eventually(async () => assert.ok((await scene.window.welcome('Clusters')).includes('Start Demo Cluster')));
    await pressWelcome('Start Demo Cluster');
    await scene.window.row('Clusters', 'orders@shop').waitFor({ timeout: 60_000 });
    await eventually(async () => assert.match(await descriptionOf('demo'), /2 workers/), 40_000);
    // Opened when all has been reached already: VS Code by itself would never tick these steps.
    await scene.window.runCommand('Celery: Open Walkthrough');
    await scene.window.page.locator('button.getting-started-step').first().waitFor();
    for (const step of ['Connect to a broker', 'Turn on events', 'See workers, queues and tasks'])
      await eventually(async () => assert.equal(await ticks(step), 1, step), 40_000);
    assert.equal(await ticks('Ask the workers'), 0);
    await scene.window.screenshots('demo-cluster');
    assert.ok((await demoProcesses()).length >= 3);
    await scene.window.runCommand('Celery: Stop Demo Cluster');
    await eventually(async () => assert.deepEqual(await demoProcesses(), []), 40_000);
    await eventually(async () => assert.ok((await scene.window.welcome('Clusters')).includes('Start Demo Cluster')));
  });
});

describe('in a workspace that is not trusted', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ settings: () => ({}), workspace: layOutProject, trust: false });
  });
  after(() => scene?.close());

  test('no file is read for brokers, and the empty view says so', async () => {
    await eventually(async () =>
      assert.ok((await scene.window.welcome('Clusters')).includes('Manage Workspace Trust')),
    );
    const welcome = await scene.window.welcome('Clusters');
    assert.ok(!welcome.some((each) => /^Show (It|Them)$/.test(each)), welcome.join(' | '));
    await scene.window.screenshots('welcome-untrusted');
    assert.deepEqual(await backendsOf(scene.vscode), [], 'A window without Celery needs no backend.');
    await scene.window.runCommand('Celery: Find Brokers in Workspace');
    await eventually(async () => assert.match((await scene.window.toasts())[0]?.text ?? '', /that you trust/));
  });
});
