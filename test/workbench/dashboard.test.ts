import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('the dashboard', () => {
  let scene: Scene;
  let broker: LabRedis;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default'] });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
  });
  after(() => scene?.close());

  test('opens from the palette and shows its connection', async () => {
    await scene.window.runCommand('Celery: Open Dashboard');
    await eventually(async () => assert.equal(await scene.window.webview.locator('h1').innerText(), 'shop'));
    await scene.window.screenshot('dashboard-first');
  });

  test('complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
