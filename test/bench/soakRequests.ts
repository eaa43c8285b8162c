import { pageRequests } from '../../server/api/page.ts';
import type { Route } from '../../server/faces/http/route.ts';
import { routes } from '../../server/faces/http/routes.ts';

/** One request of a round. */
export interface SoakRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** It does not end by itself. */
  readonly isStream: boolean;
  /** Few of them a second are let through. */
  readonly isPaced: boolean;
}

export interface SoakNames {
  readonly task: string;
  readonly worker: string;
}

const clusterId = 'cli';
const queue = 'soak';

/** Everything that can be asked over HTTP, once. A route that this does not know how to ask makes the bench fail. */
export const soakRequests = (names: SoakNames): readonly SoakRequest[] =>
  routes.flatMap((route) => pathsOf(route, names).map((path) => requestOf(route, path)));

const requestOf = (route: Route, path: string): SoakRequest => {
  const body = route.method === 'POST' ? { body: bodies[route.path] ?? {} } : {};
  return {
    method: route.method,
    path,
    isStream: streams.has(route.path),
    isPaced: route.pace === 'command' || route.asksCluster === true,
    ...body,
  };
};

const streams: ReadonlySet<string> = new Set(['/api/v1/events', '/page/changes']);

const bodies: Readonly<Record<string, unknown>> = {
  '/api/v1/tasks': { name: 'soak.nothing', queue, args: [1, 'two'] },
  '/page/token': { token: 'none' },
};

const pathsOf = ({ path, parameters }: Route, { task, worker }: SoakNames): readonly string[] => {
  if (path === '/page/ask/{name}')
    return pageRequests.map(
      (name) => `/page/ask/${name}?params=${encodeURIComponent(JSON.stringify(pageParams(name, task)))}`,
    );
  const values: Readonly<Record<string, string>> = {
    id: task,
    hostname: worker,
    name: queue,
    method: 'ping',
    file: 'browser.js',
  };
  const missing = parameters.find(({ in: place, name }) => place === 'path' && values[name] === undefined);
  if (missing) throw new Error(`the soak has no value for {${missing.name}} of ${path}`);
  return [path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))];
};

const spanMs = 300_000;

const pageParams = (name: (typeof pageRequests)[number], task: string): unknown => {
  const from = Date.now() - spanMs;
  const params: Readonly<Record<typeof name, unknown>> = {
    snapshot: {},
    taskDetail: { id: task },
    taskWindow: { query: {}, source: 'memory', offset: 0, limit: 50, order: null },
    stats: { kind: 'type' },
    dashboard: { from, filter: null },
    names: { kind: 'type' },
  };
  return Object.assign({ clusterId }, params[name]);
};
