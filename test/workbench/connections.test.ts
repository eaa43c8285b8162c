import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freePort } from '../lab/freePort.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('without a living connection, the sidebar', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene({ settings: () => ({}) });
  });
  after(() => scene?.close());

  const connect = (url: string) => scene.vscode.changeSettings({ 'celeriac.connections': [{ name: 'shop', url }] });
  const description = async () => (await scene.window.treeRows('Clusters'))[0]?.description ?? 'no row';

  test('offers a next step when there is none', async () => {
    await eventually(async () => assert.ok((await scene.window.welcome('Clusters')).includes('Add Connection')));
    assert.match((await scene.window.welcome('Clusters')).join(' '), /Connect to the broker of your Celery app/);
    await scene.window.screenshots('sidebar-welcome');
  });

  test('says why a broker cannot be reached, and counts down to the next attempt', async () => {
    connect(`redis://127.0.0.1:${await freePort()}/0`);
    const seen = new Set<string>();
    await eventually(async () => {
      const [connection, trouble] = await scene.window.treeRows('Clusters');
      assert.match(trouble?.label ?? '', /^Connection refused at/);
      seen.add(/in (\d+) s/.exec(connection?.description ?? '')?.[1] ?? '');
      assert.ok([...seen].filter(Boolean).length >= 2, [...seen].join());
    });
    await scene.window.screenshots('sidebar-unreachable');
  });

  test('refuses a password in the settings', async () => {
    connect('redis://:hunter2@127.0.0.1:6379/0');
    await eventually(async () => assert.match(await description(), /password/));
    assert.ok(!(await scene.window.page.content()).includes('hunter2'));
    await eventually(async () => {
      for (const view of ['Failures', 'Alerts'])
        assert.match((await scene.window.welcome(view)).join(' '), /^No connection in the settings can be used/, view);
    });
    await scene.window.screenshots('sidebar-password');
  });

  test('names a broker that it cannot watch', async () => {
    connect('sqs://somewhere');
    await eventually(async () => assert.match(await description(), /Amazon SQS is not supported/));
  });

  test('offers the next step again when the last connection goes', async () => {
    scene.vscode.changeSettings({ 'celeriac.connections': [] });
    await eventually(async () => assert.ok((await scene.window.welcome('Clusters')).includes('Add Connection')));
  });

  test('keeps a log that can be shown, and that holds no password', async () => {
    await scene.window.runCommand('Celery: Show Logs');
    await eventually(async () => assert.match(await scene.window.outputPanel(), /shop was not opened/));
    await scene.window.screenshots('logs');
    const written = scene.vscode.logFiles();
    assert.match(written, /The backend runs as process \d+/);
    assert.ok(!written.includes('hunter2'));
  });

  test('complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
