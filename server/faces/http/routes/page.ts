import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CeleriacError } from '../../../api/errors.ts';
import { pageRequests } from '../../../api/page.ts';
import { parseJson } from '../../../celery/parseJson.ts';
import { tokenCookie } from '../access.ts';
import { type Answer, json, text } from '../answer.ts';
import type { Route, RouteRequest } from '../route.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const page = (body: string, status = 200): Answer => ({
  kind: 'whole',
  status,
  contentType: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page/browser.css">
    <title>Celeriac</title>
  </head>
  <body>
${body}
  </body>
</html>
`,
  headers: { 'content-security-policy': policy, 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' },
});

const shell = ({ served }: RouteRequest): Answer =>
  page(`    <div id="page" data-cluster="${served.cluster.snapshot().clusterId}"></div>
    <script src="/page/browser.js"></script>`);

/** The pages of the extension in a browser. They only read. */
export const pages: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    summary: 'The dashboard',
    tag: 'page',
    parameters: [{ name: 'query', in: 'query', kind: 'text', what: 'the task query that the table starts with' }],
    answers: { 200: 'The dashboard, or the sign-in page without a valid token.' },
    isShell: true,
    handle: shell,
  },
  {
    method: 'GET',
    path: '/tasks/{id}',
    summary: 'The page of one task',
    tag: 'page',
    parameters: [{ name: 'id', in: 'path', kind: 'text', what: 'the full task id' }],
    answers: { 200: 'A page.' },
    isShell: true,
    handle: shell,
  },
  {
    method: 'GET',
    path: '/page/{file}',
    summary: 'Script and stylesheet of the pages',
    tag: 'page',
    parameters: [{ name: 'file', in: 'path', kind: 'text', what: 'browser.js or browser.css' }],
    answers: { 200: 'The file.', 404: 'File not found.' },
    isOpen: true,
    handle: ({ served, text: parameter }) => fileOf(served.pageFolder, parameter('file') ?? ''),
  },
  {
    method: 'GET',
    path: '/page/ask/{name}',
    pace: 'page',
    summary: 'Requests of the pages',
    tag: 'page',
    parameters: [
      { name: 'name', in: 'path', kind: 'text', what: `one of ${pageRequests.join(', ')}` },
      { name: 'params', in: 'query', kind: 'text', what: 'JSON', isRequired: true },
    ],
    answers: { 200: 'The answer.' },
    handle: async ({ served, text: parameter }) =>
      json(await served.askForPage(parameter('name') ?? '', parseJson(parameter('params') ?? ''))),
  },
  {
    method: 'GET',
    path: '/page/changes',
    summary: 'Change notifications for the pages, as server-sent events',
    tag: 'page',
    parameters: [],
    answers: {
      200: 'Kinds of changes, at most a few times per second.',
      429: 'Too many concurrent readers from your address.',
      503: 'Too many concurrent readers.',
    },
    handle: ({ served, asker }) => {
      served.changes.admit(asker.peer);
      return { kind: 'stream', open: (response) => served.changes.add(response, asker.peer) };
    },
  },
  {
    method: 'POST',
    path: '/page/token',
    summary: 'Store the token for the pages in a cookie',
    tag: 'page',
    parameters: [],
    body: [{ name: 'token', kind: 'text', what: 'the token', isRequired: true }],
    answers: {
      200: 'The cookie is set.',
      401: 'The token is invalid.',
      429: 'Too many invalid tokens from this address.',
    },
    isOpen: true,
    handle: ({ served, body, asker }) => {
      const token = String(body['token']);
      served.door.admit(token, asker);
      const secure = asker.isSecure ? '; Secure' : '';
      const cookie = `${tokenCookie}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/${secure}`;
      return { ...json({ kept: true }), headers: { 'set-cookie': cookie } };
    },
  },
];

/** Instead of the page, for whoever has not shown the token. */
export const tokenPage = (): Answer =>
  page(
    `    <form id="token"><h1>Celeriac</h1>
      <label>Token <input type="password" name="token" autocomplete="current-password" autofocus></label>
      <button>Show the dashboard</button><p role="alert"></p></form>
    <script src="/page/browser.js"></script>`,
    401,
  );

const types: Readonly<Record<string, string>> = {
  'browser.js': 'text/javascript; charset=utf-8',
  'browser.css': 'text/css; charset=utf-8',
};

const fileOf = (folder: string, name: string): Answer => {
  const type = types[name];
  const file = join(folder, name);
  if (!type || !existsSync(file)) throw new CeleriacError('notFound', `File "${name}" not found.`);
  return text(readFileSync(file, 'utf8'), 200, type);
};
