import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { envelopeOf, heartbeat } from '../bench/publisher.ts';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('what is not well with a connection', () => {
  let scene: Scene;
  let broker: LabRedis;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', queues: ['default'], events: false });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
  });
  after(() => scene?.close());

  const rows = async (): Promise<string> =>
    (await scene.window.treeRows('Clusters')).map(({ label, description }) => `${label} | ${description}`).join('\n');
  const publish = (envelope: string) => broker.cli(['publish', '/0.celeryev/worker.heartbeat', envelope]);

  test('a worker that runs tasks and does not tell of them is named, and told to with one click', async () => {
    await eventually(async () => assert.match(await rows(), /^api@lab \| 0 active/m));
    await eventually(async () => {
      await scene.lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default' });
      assert.match(await rows(), /^Task events are off \| click to enable$/m);
    }, 40_000);
    await scene.window.screenshots('trouble-events-off');
    await scene.window.row('Clusters', 'Task events are off').click();
    await eventually(async () => {
      await scene.lab.send({ broker, task: 'lab.echo', args: [2], queue: 'default' });
      assert.doesNotMatch(await rows(), /Task events are off/);
    }, 40_000);
  });

  test('a worker whose clock is wrong says by how much', async () => {
    const beat = heartbeat('skewed@lab');
    const body = beat.body.replace(/"timestamp": [\d.]+/, `"timestamp": ${Date.now() / 1_000 - 90}`);
    await publish(envelopeOf({ ...beat, body }));
    await eventually(async () => assert.match(await rows(), /^skewed@lab \| .*clock −90 s off$/m));
  });

  test('a payload that is no event is counted, and its kind named', async () => {
    await publish(envelopeOf(heartbeat('pickled@lab')).replace('application/json', 'application/x-python-serialize'));
    // What came before it has been counted when this worker has its row.
    await publish(envelopeOf(heartbeat('after@lab')));
    await eventually(async () => assert.match(await rows(), /^after@lab \|/m));
    const hover = scene.window.page.locator('.monaco-hover:not(.hidden)');
    await eventually(async () => {
      await scene.window.page.mouse.move(700, 300);
      await scene.window.row('Clusters', 'shop').hover();
      await hover.first().waitFor({ timeout: 3_000 });
      assert.match((await hover.allInnerTexts()).join(' ').replaceAll('\u00a0', ' '), /Unreadable: 1 message/);
    });
    await scene.window.screenshots('trouble-unreadable');
  });
});
