import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, test } from 'node:test';
import { type PageRequest, pageRequests } from '../../../server/api/page.ts';
import { defaultRedactPatterns } from '../../../server/api/redaction.ts';
import { TaskDesk } from '../../../server/cluster/taskDesk.ts';
import { ChangeFan } from '../../../server/faces/http/changeFan.ts';
import { Door } from '../../../server/faces/http/door.ts';
import { EventFan } from '../../../server/faces/http/eventFan.ts';
import { HttpFace } from '../../../server/faces/http/httpFace.ts';
import { Metrics } from '../../../server/faces/http/metrics.ts';
import { pageAsker } from '../../../server/faces/http/pageAsker.ts';
import { Proxies } from '../../../server/faces/http/proxies.ts';
import type { Route } from '../../../server/faces/http/route.ts';
import { routes } from '../../../server/faces/http/routes.ts';
import { makeOutlet } from '../../../server/outlet/outlet.ts';
import { aLeakyCluster, planted, taskId } from './aLeakyCluster.ts';

const outlet = makeOutlet(defaultRedactPatterns);
const events = new EventFan(outlet);
const { cluster, emit, stop } = await aLeakyCluster((event) => events.publish(event));
const tasks = new TaskDesk(cluster.connection, cluster, cluster.history);
const changes = new ChangeFan('shop', outlet);
const rules = { hosts: ['127.0.0.1'], token: null, trustedHeader: null };
const proxies = new Proxies([]);
const log = (): void => undefined;
cluster.listen((batch) => changes.note(batch.changes));
const face = new HttpFace({
  served: {
    cluster,
    tasks,
    askForPage: pageAsker(cluster, tasks),
    door: new Door({ rules, proxies, now: Date.now, log }),
    metrics: new Metrics('celeriac', 100, Date.now, { rejections: 0 }),
    events,
    changes,
    now: Date.now,
    pageFolder: import.meta.dirname,
    allowsWriting: true,
    routes,
    version: '0',
  },
  proxies,
  host: '127.0.0.1',
  port: 0,
  log,
});
const port = await face.listen();

after(async () => {
  await face.close();
  await stop();
});

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** Streams are read until the events have come once more. */
const ask = ({ method, path, body }: Asked): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers, signal: AbortSignal.timeout(5_000) },
      (reply) => {
        let text = '';
        const isStream = reply.headers['content-type']?.startsWith('text/event-stream') === true;
        if (isStream) emit();
        reply.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (isStream && /shop-custom|"kinds"/.test(text)) asked.destroy();
        });
        reply.on('close', () => resolve(text));
      },
    );
    asked.on('error', (error) => (asked.destroyed ? undefined : reject(error)));
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const values: Readonly<Record<string, string>> = { id: taskId, hostname: 'w@1', method: 'pool_grow', file: 'none.js' };

const bodies: Readonly<Record<string, object>> = {
  '/api/v1/control/{method}': { arguments: { n: 1 } },
  '/api/v1/tasks': { name: 'shop.login', kwargs: { password: 'hunter2' } },
  '/page/token': { token: 'hunter2' },
};

const pageParams: Readonly<Record<PageRequest, object>> = {
  snapshot: {},
  taskDetail: { id: taskId },
  taskWindow: { query: {}, offset: 0, limit: 10, order: null, isWhole: true },
  stats: { kind: 'type' },
  dashboard: { from: Date.now() - 60_000, filter: null },
  names: { kind: 'type' },
};

const questionsOf = (route: Route): readonly Asked[] => {
  const { method } = route;
  if (route.path === '/page/ask/{name}')
    return pageRequests.map((name) => {
      const params = JSON.stringify({ clusterId: 'shop', ...pageParams[name] });
      return { method, path: `/page/ask/${name}?params=${encodeURIComponent(params)}` };
    });
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? 'celery');
  return [{ method, path, ...(method === 'POST' ? { body: bodies[route.path] ?? {} } : {}) }];
};

for (const route of routes)
  for (const asked of questionsOf(route))
    test(`${asked.method} ${asked.path.replace(/\?.*/, '')} shows no secret`, async () => {
      const text = await ask(asked);
      assert.ok(text.length > 0, 'nothing was answered');
      assert.doesNotMatch(text, planted);
    });

test('what an HTTP client asks for is answered, with a mask where the secret stood', async () => {
  const text = await ask({ method: 'GET', path: `/api/v1/tasks/${taskId}` });
  assert.match(text, /'password': '\*{8}', 'n': 1/);
  const failures = await ask({ method: 'GET', path: '/api/v1/failures' });
  assert.match(failures, /login failed: password='\*{8}'/);
});

test('an HTTP client finds when events may have been missed', async () => {
  const { gaps, isConnected, uncountedLosses } = JSON.parse(await ask({ method: 'GET', path: '/api/v1/gaps' }));
  assert.deepEqual([gaps, isConnected, uncountedLosses], [[], true, 0]);
});

test('the audit names who asked over HTTP, not the user of the server', async () => {
  const { entries } = JSON.parse(await ask({ method: 'GET', path: '/api/v1/history/audit' }));
  const grown = entries.find(({ action }: { action: string }) => action === 'pool_grow');
  assert.equal(grown.who, 'HTTP client from 127.0.0.1');
});
