import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import answerSchemas from '../../../../server/api/answerSchemas.json' with { type: 'json' };
import type { CommandContext } from '../../../../server/faces/cli/context.ts';
import { remoteOf } from '../../../../server/faces/cli/remote/remote.ts';
import { schemaDefect } from '../../../../server/faces/cli/remote/schemaDefect.ts';
import { aTerminal } from './aTerminal.ts';

const answering = async (t: TestContext, answer: (response: ServerResponse, path: string) => void): Promise<string> => {
  const server = createServer(({ url }, response) => answer(response, url ?? ''));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const contextOf = (server: string, more: Partial<CommandContext> = {}): CommandContext =>
  ({
    args: [],
    options: { server },
    environment: { CELERIAC_TOKEN: 'some-token-that-is-long' },
    interruption: new AbortController().signal,
    terminal: aTerminal().terminal,
    ...more,
  }) as unknown as CommandContext;

const problem = (response: ServerResponse, status: number, detail: string, version = true): void => {
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    ...(version ? { 'celeriac-version': '9.8.7' } : {}),
  });
  response.end(JSON.stringify({ status, code: 'x', detail }));
};

const refusals: readonly (readonly [what: string, answer: (response: ServerResponse) => void, sentence: RegExp])[] = [
  ['a wrong token', (r) => problem(r, 401, 'No.'), /does not accept the token in CELERIAC_TOKEN\.$/],
  ['a server that only reads', (r) => problem(r, 403, 'This server only reads.'), /refused: This server only reads\.$/],
  [
    'another version',
    (r) => problem(r, 404, 'There is nothing.'),
    /is celeriac 9\.8\.7 and does not know this question: it answers 404\. Use the same version/,
  ],
  [
    'an older version',
    (r) => problem(r, 404, 'There is nothing.', false),
    /is no celeriac server that this command line can ask: it answers 404\. An older version must be updated/,
  ],
  ['too many questions', (r) => problem(r, 429, 'Ask again in 2 s.'), /refused: Ask again in 2 s\.$/],
  [
    'a redirection',
    (r) => r.writeHead(302, { location: 'https://sso.example/' }).end(),
    /redirects to https:\/\/sso\.example\/\. Name that address/,
  ],
  ['a page for people', (r) => r.end('<html>hello</html>'), /is no celeriac server/],
  [
    'an answer of another shape',
    (r) => r.writeHead(200, { 'celeriac-version': '9.8.7' }).end('{"tasks":[1]}'),
    /TaskPage\.nextCursor is missing|TaskPage\.\w+ is missing/,
  ],
  ['a connection that is cut', (r) => r.destroy(), /cannot be reached: the connection was closed\./],
];

for (const [what, answer, sentence] of refusals)
  test(`a server that is asked in vain is one sentence: ${what}`, async (t) => {
    const remote = await remoteOf(contextOf(await answering(t, answer)));
    await assert.rejects(remote.get('TaskPage', 'api/v1/tasks'), { message: sentence });
  });

test('the token goes with each question, and a path in front of the server stays', async (t) => {
  const seen: string[] = [];
  const server = createServer(({ url, headers }, response) => {
    seen.push(`${url} ${headers.authorization}`);
    response.end(JSON.stringify({ tasks: [], nextCursor: null, matching: 0, held: 0 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const remote = await remoteOf(contextOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ops`));
  await remote.get('TaskPage', 'api/v1/tasks', { state: ['FAILURE', 'RETRY'], query: 'name:a b', cursor: undefined });
  assert.deepEqual(seen, [
    '/ops/api/v1/tasks?state=FAILURE&state=RETRY&query=name%3Aa+b Bearer some-token-that-is-long',
  ]);
});

test('a token in the address is refused, and so is a broker beside a server', async () => {
  await assert.rejects(remoteOf(contextOf('http://me:token@localhost:1')), /Put the token into CELERIAC_TOKEN/);
  const both = contextOf('http://localhost:1', { options: { server: 'http://localhost:1', broker: 'redis://' } });
  await assert.rejects(remoteOf(both), /--broker and --server exclude each other/);
});

test('answers are checked by the schemas of the API; what a newer server adds is let through', () => {
  const page = { tasks: [], nextCursor: null, matching: 3, held: 3, novelty: true };
  assert.equal(schemaDefect(page, 'TaskPage', answerSchemas), null);
  assert.equal(schemaDefect({ ...page, held: '3' }, 'TaskPage', answerSchemas), 'TaskPage.held is string');
  assert.equal(
    schemaDefect({ ...page, tasks: [{ id: 1 }] }, 'TaskPage', answerSchemas)?.startsWith('TaskPage.tasks[0].'),
    true,
  );
  assert.equal(schemaDefect([], 'TaskPage', answerSchemas), 'TaskPage is array');
});
