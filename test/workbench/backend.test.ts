import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openWorkbench } from './harness/openWorkbench.ts';
import { backendsOf } from './harness/processes.ts';
import { openScene, type Scene } from './harness/scene.ts';
import type { Workbench } from './harness/workbench.ts';

describe('the backend process', () => {
  let scene: Scene;
  let broker: LabRedis;
  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api' });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
    await workerShows(scene.window);
  });
  after(() => scene?.close());

  const workerShows = (window: Workbench, words = /^\d+ active/) =>
    eventually(async () => {
      const row = (await window.treeRows('Clusters')).find(({ label }) => label === 'api@lab');
      assert.match(row?.description ?? 'no row', words);
    }, 20_000);

  const soleBackend = async (): Promise<number> => {
    const backends = await backendsOf(scene.vscode);
    assert.equal(backends.length, 1);
    return backends[0] ?? 0;
  };

  test('comes back when it is killed, goes on, and the tree is never blank meanwhile', async () => {
    const before = await soleBackend();
    const fewest = await scene.window.countRowsMeanwhile('Clusters', async () => {
      process.kill(before, 'SIGKILL');
      await eventually(async () => assert.notEqual(await soleBackend(), before));
      await scene.lab.send({ broker, task: 'lab.echo', args: ['after the crash'] });
      await workerShows(scene.window, /^0 active · 1 total/);
    });
    // The connection, its two groups and the worker; the queues may be read a moment later.
    assert.ok(fewest >= 4, `Only ${fewest} rows were left.`);
    assert.equal(await scene.window.viewMessage('Clusters'), '');
  });

  test('is heard in the log while that is wanted, and no longer', async () => {
    const { vscode, window } = scene;
    const heard = () => [...vscode.logFiles().matchAll(/Sending request 'celeriac\/clusters\/refresh/g)].length;
    vscode.changeSettings({ 'celeriac.trace.server': 'messages' });
    await eventually(async () => {
      await window.runCommand('Celery: Refresh');
      assert.ok(heard() > 0);
    }, 20_000);
    vscode.changeSettings({ 'celeriac.trace.server': 'off' });
    await eventually(async () => {
      const before = heard();
      await window.runCommand('Celery: Refresh');
      await workerShows(window);
      assert.equal(heard(), before);
    }, 20_000);
  });

  test('is one for each window, and ends with it', async () => {
    const first = await soleBackend();
    const second = await openWorkbench(scene.vscode);
    await second.openSidebar('Celery');
    await workerShows(second);
    assert.equal((await backendsOf(scene.vscode)).length, 2);
    await second.close();
    await eventually(async () => assert.equal(await soleBackend(), first));
    await workerShows(scene.window);
  });

  test('leaves nothing when the last window closes', async () => {
    await scene.window.close();
    await eventually(async () => assert.deepEqual(await backendsOf(scene.vscode), []));
  });
});
