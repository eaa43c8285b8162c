import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
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
        await lab.worker({ broker, name: 'mail', queues: ['emails'] });
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url, environment: 'staging' }],
          'celeriac.refresh.intervalMs': 1_000,
        };
      },
    });
  });
  after(() => scene?.close());

  const page = (): FrameLocator => scene.window.webview;
  const tile = async (id: string): Promise<string> => {
    const words = await page().locator(`[data-tile=${id}]`).innerText();
    return words.replaceAll('\n', ' ');
  };
  const card = (id: string) => page().locator(`[data-panel=${id}]`);

  const shows = (id: string, words: RegExp) => eventually(async () => assert.match(await card(id).innerText(), words));

  test('opens from the palette and says why it is empty', async () => {
    await scene.window.runCommand('Celery: Open Dashboard');
    await eventually(async () => assert.match(await page().locator('h1').innerText(), /shop/));
    await eventually(async () => assert.match(await page().locator('.notice').innerText(), /No tasks yet/));
    await eventually(async () => assert.match(await tile('workers'), /2\/2/));
    await scene.window.screenshots('dashboard-empty');
  });

  test('shows in figures what the workers do', async () => {
    await scene.lab.send({ broker, task: 'lab.echo', args: ['a'], queue: 'default', count: 60 });
    await scene.lab.send({ broker, task: 'lab.fail', queue: 'default', count: 3 });
    await scene.lab.send({ broker, task: 'lab.sleep', args: [0.2], queue: 'emails', count: 20 });
    await scene.lab.send({ broker, task: 'lab.echo', args: ['b'], queue: 'nobody', count: 7 });
    await eventually(async () => assert.match(await tile('rate'), /80 in 5 min/));
    await eventually(async () => assert.match(await tile('failures'), /3\.6 % 3 failed · 0 retried/));
    await eventually(async () => assert.match(await tile('queued'), /^Queued 7 /));
    await eventually(async () => assert.match(await tile('active'), /0 % of 3 slots/));
    await shows('states', /SUCCESS\s+80/);
    await shows('slowest', /lab\.sleep\s+20\s+\d+ ms/);
    await shows('queues', /nobody\s*nobody consumes\s+7/);
    await scene.window.page.setViewportSize({ width: 1280, height: 2100 });
    await scene.window.screenshots('dashboard');
    await scene.window.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
