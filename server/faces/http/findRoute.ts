import type { Route } from './route.ts';

export type Found =
  | { readonly kind: 'found'; readonly route: Route; readonly path: Readonly<Record<string, string>> }
  | { readonly kind: 'otherMethod'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

/** The route for a path, one that names it before one that takes any; a slash at its end is as good as none. */
export const findRoute = (routes: readonly Route[], method: string, pathname: string): Found => {
  const fitting = routes.flatMap((route) => {
    const path = pathOf(route.path, pathname);
    return path ? [{ route, path }] : [];
  });
  fitting.sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length);
  const wanted = method === 'HEAD' ? 'GET' : method;
  const match = fitting.find(({ route }) => route.method === wanted);
  if (match) return { kind: 'found', ...match };
  if (fitting.length === 0) return { kind: 'none' };
  return { kind: 'otherMethod', allowed: fitting.map(({ route }) => route.method) };
};

const pathOf = (template: string, pathname: string): Readonly<Record<string, string>> | null => {
  const wanted = partsOf(template);
  const given = partsOf(pathname);
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== text) return null;
    if (name === undefined) continue;
    try {
      values[name] = decodeURIComponent(text);
    } catch {
      return null;
    }
  }
  return values;
};

const partsOf = (path: string): string[] => path.replace(/\/$/, '').split('/');
