import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../../lab/until.ts';
import { aFace } from './aFace.ts';

const json = { 'content-type': 'application/json' };

test('headers that are too long are 431, with a sentence', async (t) => {
  const { ask } = await aFace(t);
  const { status, text, headers } = await ask('/livez', { headers: { 'x-long': 'x'.repeat(20_000) } });
  assert.equal(status, 431);
  assert.match(String(headers['content-type']), /^application\/problem\+json/);
  assert.match(JSON.parse(text).detail, /16 KB/);
  assert.equal((await ask(`/livez?${'x'.repeat(20_000)}`)).status, 431);
});

test('bytes that are no request are 400, with a sentence', async (t) => {
  const { stubborn } = await aFace(t);
  const client = stubborn('nonsense\r\n\r\n');
  await client.told;
  assert.match(client.text, /^HTTP\/1.1 400 Bad Request\r\n.*"The request is malformed."/s);
});

test('a body that nests too deep is 400', async (t) => {
  const { ask, said } = await aFace(t);
  for (const depth of [65, 100_000]) {
    const body = `{"name":"a","args":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { status, text } = await ask('/api/v1/tasks', { method: 'POST', headers: json, body });
    assert.equal(status, 400);
    assert.match(JSON.parse(text).detail, /64 levels/);
  }
  assert.deepEqual(said, []);
});

test('after a body that is too long the connection goes on', async (t) => {
  const { stubborn } = await aFace(t);
  const body = `{"text":"${'x'.repeat(2 * 1024 * 1024)}"}`;
  const head = 'POST /api/v1/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
  const client = stubborn(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
  await until(
    'it is refused',
    () => client.text.startsWith('HTTP/1.1 413 Content Too Large') || client.text.includes('413'),
  );
  assert.match(client.text, /keep-alive/);
  client.say('GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  await until('the next request is answered', () => client.text.includes('"status":"alive"'));
});

test('after a body without end the answer arrives and the connection is closed', async (t) => {
  const { stubborn } = await aFace(t, { limits: { closingWithinMs: 100, checkEveryMs: 20 } });
  const head = 'POST /api/v1/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
  const announced = stubborn(`${head}Content-Length: 100000000\r\n\r\n{`);
  await announced.told;
  assert.match(announced.text, /^HTTP\/1.1 413 .*connection: close.*longBody/is);
  const chunked = stubborn(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  await chunked.connected;
  const more = setInterval(() => chunked.say(chunk.repeat(16)), 1);
  t.after(() => clearInterval(more));
  await chunked.told;
  clearInterval(more);
  assert.match(chunked.text, /^HTTP\/1.1 413 .*connection: close.*longBody/is);
  await until('the server has nothing left of it', () => chunked.isGone());
});

test('HEAD on a stream ends with its headers, and reads nothing', async (t) => {
  const { ask } = await aFace(t);
  for (const path of ['/api/v1/events', '/page/changes']) {
    const { status, headers, text } = await ask(path, { method: 'HEAD' });
    assert.deepEqual([status, text], [200, '']);
    assert.match(String(headers['content-type']), /^text\/event-stream/);
  }
});

test('names that every object has lead to nothing', async (t) => {
  const { ask, said } = await aFace(t);
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
    for (const path of [`/api/v1/${name}`, `/${name}`, `/api/v1/workers/${name}`, `/page/${name}`])
      assert.equal((await ask(path)).status, 404, path);
    for (const path of [`/api/v1/workers?${name}=1`, `/page/ask/${name}?params={}`, `/api/v1/tasks?sort=${name}`])
      assert.equal((await ask(path)).status, 400, path);
    const body = `{"${name}": 1}`;
    for (const path of ['/api/v1/tasks', '/api/v1/control/ping', '/api/v1/queues/q/purge'])
      assert.equal((await ask(path, { method: 'POST', headers: json, body })).status, 400, path);
    assert.equal(
      (await ask(`/api/v1/control/${name}`, { method: 'POST', headers: json, body: '{}' })).status,
      400,
      name,
    );
    const asArgument = await ask('/api/v1/control/rate_limit', {
      method: 'POST',
      headers: json,
      body: `{"arguments": {"${name}": 1}}`,
    });
    assert.equal(asArgument.status, 400, asArgument.text);
  }
  assert.deepEqual(said, []);
});

test('a time that no clock shows is 400, with a sentence', async (t) => {
  const { ask, said } = await aFace(t);
  for (const time of ['9'.repeat(400), '8640000000000001', '-1', 'NaN', '1e3']) {
    const { status, text } = await ask(`/api/v1/tasks?from=${time}`);
    assert.equal(status, 400, time);
    assert.match(JSON.parse(text).detail, /"from" must be a time/);
  }
  for (const range of ['"from":1e999', '"from":-1', '"from":0,"to":1e999']) {
    const params = encodeURIComponent(`{"clusterId":"c","filter":null,${range}}`);
    assert.equal((await ask(`/page/ask/dashboard?params=${params}`)).status, 400, range);
  }
  assert.deepEqual(said, []);
});
