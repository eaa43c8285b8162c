import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { TaskDesk } from '../../../server/cluster/taskDesk.ts';
import { pageAsker } from '../../../server/faces/http/pageAsker.ts';
import { aLeakyCluster } from '../outlet/aLeakyCluster.ts';

const { cluster, stop } = await aLeakyCluster();
const desk = new TaskDesk(cluster.connection, cluster, cluster.history);
const ask = pageAsker(cluster, desk);
after(stop);

test('a search for a text that is too long is refused with a sentence, whoever asks', async () => {
  const query = { text: 'x'.repeat(201) };
  const sentence = { code: 'badRequest', message: 'The search text is longer than 200 characters. Shorten it.' };
  for (const source of ['memory', 'history'])
    await assert.rejects(
      ask('taskWindow', { clusterId: 'shop', query, offset: 0, limit: 1, order: null, source }),
      sentence,
    );
  await assert.rejects(desk.page(query), sentence);
  await assert.rejects(desk.keptPage(query), sentence);
  assert.deepEqual((await desk.page({ text: 'x'.repeat(200) })).tasks, []);
});
