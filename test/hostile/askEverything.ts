import assert from 'node:assert/strict';
import answerSchemas from '../../server/api/answerSchemas.json' with { type: 'json' };
import { CeleriacError } from '../../server/api/errors.ts';
import { pageRequests } from '../../server/api/page.ts';
import { statusOf, viewOf } from '../../server/desk/clusterStatus.ts';
import { snapshotJson } from '../../server/faces/cli/snapshotJson.ts';
import { snapshotScreen } from '../../server/faces/cli/snapshotScreen.ts';
import { statusScreen } from '../../server/faces/cli/statusScreen.ts';
import { taskScreen } from '../../server/faces/cli/taskScreen.ts';
import { routes } from '../../server/faces/http/routes.ts';
import { openMetricsText, prometheusText } from '../../server/metrics/exposition.ts';
import { table } from '../../server/text/table.ts';
import { taskColumns } from '../../server/text/taskRows.ts';
import { schemaDefects } from '../contract/schemaDefects.ts';
import { below } from '../unit/state/random.ts';
import { idOf } from '../unit/state/someEvents.ts';
import { oddText, oddValue, pick, type Random, spoil } from './oddValues.ts';
import type { WholeEngine } from './wholeEngine.ts';

const clusterId = 'h';

/** What a page of ours asks. */
export const pageParams = (
  random: Random,
): Readonly<Record<(typeof pageRequests)[number], Readonly<Record<string, unknown>>>> => ({
  snapshot: { clusterId },
  taskDetail: { clusterId, id: idOf(below(random, 400)) },
  taskWindow: {
    clusterId,
    query: { sort: { column: pick(random, ['name', 'args', 'result', 'runtime']), descending: random() < 0.5 } },
    offset: below(random, 50),
    limit: 1_000,
    order: null,
    ...(random() < 0.5 ? { source: 'history', isWhole: true } : {}),
  },
  stats: { clusterId, kind: pick(random, ['type', 'queue', 'worker']) },
  dashboard: { clusterId, from: Date.now() - 600_000, filter: random() < 0.5 ? null : { type: [oddText(random)] } },
  names: { clusterId, kind: pick(random, ['type', 'queue', 'worker']) },
});

/** Every question of a page is answered in JSON. */
export const askPages = async ({ askForPage }: WholeEngine, random: Random): Promise<void> => {
  const params = pageParams(random);
  for (const name of pageRequests) {
    const answer: unknown = await askForPage(name, params[name]);
    assert.equal(typeof JSON.parse(JSON.stringify(answer ?? null)), 'object', name);
  }
};

/** A question that nobody would ask is answered, or refused with a sentence. */
export const askOddly = async ({ askForPage }: WholeEngine, random: Random): Promise<void> => {
  const name = random() < 0.95 ? pick(random, pageRequests) : oddText(random);
  const usual = pageParams(random)[pick(random, pageRequests)];
  try {
    await askForPage(name, random() < 0.7 ? spoil(random, usual) : oddValue(random));
  } catch (error) {
    if (!(error instanceof CeleriacError)) throw error;
  }
};

/** Every route that reads answers as it says it does. */
export const askRoutes = async ({ address, said }: WholeEngine): Promise<void> => {
  for (const { method, path, answers } of routes) {
    if (method !== 'GET' || /events$|changes$|^\/page|openapi|workers\/\{/.test(path)) continue;
    const response = await fetch(`${address}${path.replace('{id}', idOf(1))}`);
    const text = await response.text();
    assert.ok(response.status !== 500, `${path}: ${text} ${said.at(-1)}`);
    const described = answers[response.status];
    if (typeof described !== 'object' || !('body' in described)) continue;
    const schema = { $ref: `#/${described.body}` };
    assert.deepEqual(schemaDefects(JSON.parse(text), schema, answerSchemas), [], path);
  }
};

const escaped = (random: Random): string => encodeURIComponent(oddText(random).slice(0, 1_000).toWellFormed());

/** A request that nobody would make is answered, and never by a failure of ours. */
export const requestOddly = async ({ address, said }: WholeEngine, random: Random): Promise<void> => {
  const path = random() < 0.9 ? pick(random, paths) : `/${escaped(random)}`;
  const query = escaped(random);
  const name = pick(random, ['search', 'name', 'cursor', 'limit', 'from', 'sort', 'params', 'worker', 'x']);
  const target = `${address}${path.replace(/\{\w+\}/, () => escaped(random) || 'x')}`;
  const isPost = random() < 0.3;
  const body = JSON.stringify(oddValue(random)).slice(0, 100_000);
  const init = isPost ? { method: 'POST', body, headers: { 'content-type': 'application/json' } } : {};
  const response = await fetch(`${target}?${name}=${query}`, init);
  const text = await response.text();
  assert.ok(
    response.status !== 500,
    `${isPost ? 'POST' : 'GET'} ${path}?${name}=${query}: ${text.slice(0, 300)} ${said.at(-1)}`,
  );
};

const [firstPath = '/', ...otherPaths] = routes
  .map(({ path }) => path)
  .filter((path) => !/events$|changes$/.test(path));
const paths = [firstPath, ...otherPaths] as const;

/** Everything that the commands print of a cluster, one by one. */
export const printers = ({
  cluster,
  metrics,
  page,
}: WholeEngine): readonly (readonly [kind: string, print: () => void])[] => {
  const { state } = cluster;
  const now = Date.now();
  const view = viewOf(cluster);
  const { tasks } = state.tasks.page({ limit: 1_000 });
  return [
    ['the screen of the status', () => void statusScreen(view, { ...page, height: 50 })],
    ['the status in JSON', () => void JSON.stringify(statusOf(view))],
    ['the screen of a snapshot', () => void snapshotScreen({ state, now, source: 'hostile' }, page)],
    [
      'a snapshot in JSON',
      () =>
        JSON.parse(
          [...snapshotJson(state.celerySnapshot(), (value) => JSON.stringify(cluster.outlet.answer(value)))].join(''),
        ),
    ],
    ['a table of tasks', () => void table(taskColumns(page.width), tasks, page)],
    ...tasks.slice(0, 20).map(
      ({ id }) =>
        [
          'the page of a task',
          () => {
            const task = state.tasks.find(id);
            if (task) taskScreen(task, page);
          },
        ] as const,
    ),
    ...metrics.flatMap((each) =>
      [prometheusText, openMetricsText].map((text) => ['metrics', () => void text(each.families(cluster))] as const),
    ),
  ];
};
