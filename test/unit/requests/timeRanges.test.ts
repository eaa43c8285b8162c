import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { TaskDesk } from '../../../server/cluster/taskDesk.ts';
import { pageAsker } from '../../../server/faces/http/pageAsker.ts';
import { aLeakyCluster } from '../outlet/aLeakyCluster.ts';

const dayMs = 86_400_000;

const { cluster, stop } = await aLeakyCluster();
const ask = pageAsker(cluster, new TaskDesk(cluster.connection, cluster, cluster.history));
after(stop);

const dashboard = async (range: { readonly from: number; readonly to?: number }): Promise<Dashboard> =>
  (await ask('dashboard', { clusterId: 'shop', filter: null, ...range })) as Dashboard;

const lengths = ({ points, queues, usage }: Dashboard): readonly number[] => [
  ...Object.values(points).map((values) => values.length),
  queues.total.length,
  ...usage.cpu.map(({ values }) => values.length),
];

test('a dashboard of all times shows the week that is kept, in no more steps than a chart can draw', async () => {
  const shown = await dashboard({ from: 0 });
  assert.ok(shown.from >= Date.now() - 8 * dayMs && shown.from <= Date.now() - 6 * dayMs, String(shown.from));
  assert.ok(Math.max(...lengths(shown)) <= 1_000, String(lengths(shown)));
});

test('a dashboard of a long ago hour shows the oldest step that it reaches', async () => {
  const shown = await dashboard({ from: 0, to: 3_600_000 });
  assert.ok(shown.from >= Date.now() - 8 * dayMs, String(shown.from));
  assert.ok(Math.max(...lengths(shown)) <= 2, String(lengths(shown)));
});

test('a dashboard of the future, or one that ends before it begins, shows one moment', async () => {
  const now = Date.now();
  for (const range of [{ from: now + 1_000 * dayMs }, { from: now, to: now - dayMs }, { from: 8.64e15, to: 8.64e15 }])
    assert.ok(Math.max(...lengths(await dashboard(range))) <= 200);
});

test('a time that no clock shows is refused with a sentence', async () => {
  const tasks = (range: object) =>
    ask('taskWindow', {
      clusterId: 'shop',
      query: { time: { column: 'updated', ...range } },
      offset: 0,
      limit: 1,
      order: null,
    });
  for (const time of [Number.NaN, Number.POSITIVE_INFINITY, -1, 8.7e15]) {
    await assert.rejects(dashboard({ from: time }), /is not valid: from: /);
    await assert.rejects(dashboard({ from: 0, to: time }), /is not valid: to: /);
    await assert.rejects(tasks({ from: time }), /is not valid: query\.time\.from: /);
  }
});
