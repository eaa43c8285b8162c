import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';
import type { TreeRow } from './harness/treeRow.ts';

describe('the Clusters tree, down to its last row', () => {
  let scene: Scene;
  let broker: LabRedis;
  let done: string;

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2, queues: ['default', 'high'] });
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
    await scene.lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'default', count: 3 });
    await scene.window.expand('Clusters', 'api@lab');
    await shows('api@lab', /^Active \| 2$/m, /^Reserved \| 1$/m, /^lab\.until_file \| \w{4}… \d+\.\d s$/m);
    await scene.window.expand('Clusters', 'Consuming');
    await shows('Consuming', /^default \| 0 ready/m, /^high \|/m);
    await scene.window.expand('Clusters', 'Processes');
    await shows('Processes', /^\d+ \| lab\.until_file$/m);
    await scene.window.screenshots('tree-tasks');
  });
});
