import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Answer, text } from '../../../../server/faces/http/answer.ts';
import type { Route } from '../../../../server/faces/http/route.ts';
import { until } from '../../../lab/until.ts';
import { aFace } from './aFace.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

/** A route that does not answer as long as the test runs, and counts who waits. */
const aNever = (t: TestContext) => {
  const waiting = { count: 0 };
  const end = Promise.withResolvers<Answer>();
  t.after(() => end.resolve(text('the end of the test')));
  const route: Route = {
    method: 'GET',
    path: '/never',
    summary: 'Never answers',
    tag: 'api',
    parameters: [],
    answers: {},
    handle: () => {
      waiting.count += 1;
      return end.promise;
    },
  };
  return { route, waiting };
};

const large: Route = {
  method: 'GET',
  path: '/large',
  summary: 'More than a client reads at once',
  tag: 'api',
  parameters: [],
  answers: {},
  handle: () => ({ kind: 'whole', status: 200, contentType: 'text/plain', body: 'x'.repeat(24 * 1024 * 1024) }),
};

test('a client that asks nothing and ignores the close is gone soon', async (t) => {
  const { stubborn } = await aFace(t, { limits: { headersWithinMs: 60, checkEveryMs: 20, closingWithinMs: 60 } });
  const client = stubborn();
  await client.told;
  assert.match(client.text, /^HTTP\/1.1 408 Request Timeout\r\n/);
  await until('the server has nothing left of it', () => client.isGone());
});

test('a client that sends its headers byte by byte is told so and is gone soon', async (t) => {
  const { stubborn } = await aFace(t, { limits: { headersWithinMs: 60, checkEveryMs: 20, closingWithinMs: 60 } });
  const client = stubborn('GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
  const drip = setInterval(() => client.say('a'), 10);
  t.after(() => clearInterval(drip));
  await client.told;
  assert.match(client.text, /^HTTP\/1.1 408 /);
  await until('the server has nothing left of it', () => client.isGone());
});

test('a client that ignores the close after an answer is gone soon', async (t) => {
  const { stubborn } = await aFace(t, { limits: { checkEveryMs: 20, closingWithinMs: 60 } });
  const client = stubborn('GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
  await client.told;
  assert.match(client.text, /^HTTP\/1.1 200 OK/);
  await until('the server has nothing left of it', () => client.isGone());
});

test('those that ask nothing make room for whoever asks', async (t) => {
  const { stubborn, ask } = await aFace(t, { limits: { connections: 8, reservedConnections: 2 } });
  const idle = Array.from({ length: 40 }, () => stubborn());
  await Promise.all(idle.map(({ connected }) => connected));
  for (let round = 0; round < 20; round++) assert.equal((await ask('/api/v1/workers')).status, 200);
  const gone = idle.filter((client) => client.isGone());
  await until('most of them are gone', () => idle.filter((client) => client.isGone()).length >= 32);
  assert.ok(gone.length < 40);
});

test('when all places wait for answers, probes are answered and the rest is told why not', async (t) => {
  const { route, waiting } = aNever(t);
  const { stubborn, ask } = await aFace(t, { routes: [route], limits: { connections: 4, reservedConnections: 2 } });
  for (let count = 0; count < 4; count++) stubborn(get('/never'));
  await until('all places are taken', () => waiting.count === 4);
  const refused = await ask('/api/v1/workers');
  assert.equal(JSON.parse(refused.text).code, 'tooManyConnections');
  assert.equal(refused.headers['retry-after'], '1');
  for (let round = 0; round < 10; round++)
    for (const path of ['/livez', '/readyz']) assert.equal((await ask(path)).status, 200);
  // Those that wait in the reserve make room for each other.
  const idle = Array.from({ length: 6 }, () => stubborn());
  await Promise.all(idle.map(({ connected }) => connected));
  assert.equal((await ask('/livez')).status, 200);
});

test('one address does not take the places of all', async (t) => {
  const { route, waiting } = aNever(t);
  const { stubborn, ask } = await aFace(t, { routes: [route], limits: { connectionsPerPeer: 3 } });
  for (let count = 0; count < 3; count++) stubborn(get('/never'), '127.0.0.2');
  await until('it has its share', () => waiting.count === 3);
  await assert.rejects(ask('/livez', { from: '127.0.0.2' }));
  assert.equal((await ask('/livez', { from: '127.0.0.3' })).status, 200);
});

test('a client that sends requests and waits for no answer is cut off', async (t) => {
  const { stubborn } = await aFace(t, { routes: [aNever(t).route], limits: { requestsPerConnection: 4 } });
  const client = stubborn(get('/never').repeat(20));
  await client.told;
  await until('the server has nothing left of it', () => client.isGone());
});

test('answers that nobody reads do not fill the memory', async (t) => {
  const { stubborn, ask } = await aFace(t, { routes: [large], limits: { unreadBytes: 32 * 1024 * 1024 } });
  const deaf = stubborn();
  deaf.pause();
  await deaf.connected;
  deaf.say(get('/large'));
  await until('the next is refused', async () => (await ask('/large')).status === 503);
  assert.equal((await ask('/livez')).status, 200);
});

test('a client that reads nothing of its answer is gone soon', async (t) => {
  const { stubborn } = await aFace(t, { routes: [large], limits: { readWithinMs: 100, checkEveryMs: 20 } });
  const deaf = stubborn();
  deaf.pause();
  await deaf.connected;
  deaf.say(get('/large'));
  await until('the server has nothing left of it', () => deaf.isGone());
});
