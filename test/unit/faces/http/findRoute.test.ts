import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRoute } from '../../../../server/faces/http/findRoute.ts';
import { routes } from '../../../../server/faces/http/routes.ts';

const found = (path: string, method = 'GET') => {
  const answer = findRoute(routes, method, path);
  return answer.kind === 'found' ? { route: answer.route.path, path: answer.path } : answer;
};

test('a path leads to its route, with or without a slash at its end', () => {
  assert.deepEqual(found('/api/celery/health'), { route: '/api/celery/health/', path: {} });
  assert.deepEqual(found('/api/celery/health/'), { route: '/api/celery/health/', path: {} });
  assert.deepEqual(found('/api/v1/tasks/3f2a'), { route: '/api/v1/tasks/{id}', path: { id: '3f2a' } });
});

test('a route that names the path comes before one that takes any', () => {
  assert.deepEqual(found('/page/changes'), { route: '/page/changes', path: {} });
  assert.deepEqual(found('/page/browser.css'), { route: '/page/{file}', path: { file: 'browser.css' } });
});

test('names with signs that paths have are decoded, and nonsense is not found', () => {
  assert.deepEqual(found('/api/v1/workers/celery%40web%2F1'), {
    route: '/api/v1/workers/{hostname}',
    path: { hostname: 'celery@web/1' },
  });
  assert.deepEqual(found('/api/v1/tasks/%zz'), { kind: 'none' });
  assert.deepEqual(found('/api/v1/tasks/a/b'), { kind: 'none' });
});

test('HEAD asks what GET asks, and other methods are told which there are', () => {
  assert.ok('route' in found('/livez', 'HEAD'));
  assert.deepEqual(found('/livez', 'PUT'), { kind: 'otherMethod', allowed: ['GET'] });
  assert.deepEqual(found('/api/v1/tasks', 'DELETE'), { kind: 'otherMethod', allowed: ['GET', 'POST'] });
});

test('only a POST changes the cluster, and only these do', () => {
  const posts = routes.filter(({ changes }) => changes).map(({ path }) => path);
  assert.ok(routes.filter(({ changes }) => changes).every(({ method }) => method === 'POST'));
  assert.deepEqual(posts, [
    '/api/v1/control/{method}',
    '/api/v1/tasks',
    '/api/v1/tasks/{id}/revoke',
    '/api/v1/queues/{name}/purge',
  ]);
});
