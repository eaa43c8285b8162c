import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFace } from './aFace.ts';

const token = 'the-token-of-this-server';
const bearer = (shown: string) => ({ authorization: `Bearer ${shown}` });
const json = { 'content-type': 'application/json' };

test('who tries tokens waits longer and longer, and is in the log without them', async (t) => {
  const { ask, said, clock } = await aFace(t, { access: { token } });
  const tries = async (shown: string) => ask('/api/v1/workers', { headers: bearer(shown) });
  for (let guess = 1; guess <= 6; guess++) assert.equal((await tries(`wrong-token-${guess}`)).status, 401);
  const early = await tries('wrong-token-7');
  assert.deepEqual([early.status, early.headers['retry-after']], [429, '1']);
  assert.equal((await tries(token)).status, 429, 'the right one is not told from the wrong ones');
  assert.equal((await ask('/livez', { headers: bearer('wrong-token-8') })).status, 200);
  clock.now += 1_000;
  assert.equal((await tries('wrong-token-9')).status, 401);
  assert.equal((await tries('wrong-token-10')).headers['retry-after'], '2');
  clock.now += 2_000;
  assert.equal((await tries(token)).status, 200);
  assert.equal(said.length, 7);
  assert.match(said[0] ?? '', /^A client at 127\.0\.0\.1 sent an invalid token \(its 1st\)\.$/);
  assert.match(said[5] ?? '', /6th\)\. The next attempt is accepted in 1 s\.$/);
  assert.ok(!said.join().includes('wrong-token'));
});

test('who has shown the token is not locked out by another behind the same address', async (t) => {
  const { ask } = await aFace(t, { access: { token } });
  assert.equal((await ask('/api/v1/workers', { headers: bearer(token) })).status, 200);
  for (let guess = 1; guess <= 7; guess++) await ask('/api/v1/workers', { headers: bearer(`wrong-token-${guess}`) });
  assert.equal((await ask('/api/v1/workers', { headers: bearer('wrong-token-8') })).status, 429);
  assert.equal((await ask('/api/v1/workers', { headers: bearer(token) })).status, 200);
});

test('an old token that is shown again and again is no guessing', async (t) => {
  const { ask, said } = await aFace(t, { access: { token } });
  for (let time = 0; time < 20; time++)
    assert.equal((await ask('/metrics', { headers: bearer('the-token-of-last-year') })).status, 401);
  assert.equal(said.length, 1);
});

test('clients behind a named proxy are told apart, and others cannot pretend to be behind one', async (t) => {
  const { ask } = await aFace(t, { access: { token }, proxies: ['127.0.0.2'] });
  const guess = (from: string, client: string, index: number) =>
    ask('/api/v1/workers', { from, headers: { ...bearer(`wrong-token-${index}`), 'x-forwarded-for': client } });
  for (let index = 0; index < 7; index++) await guess('127.0.0.2', '192.0.2.9, 198.51.100.7', index);
  assert.equal((await guess('127.0.0.2', '198.51.100.7', 8)).status, 429);
  assert.equal((await guess('127.0.0.2', '192.0.2.9', 8)).status, 401);
  for (let index = 0; index < 7; index++) await guess('127.0.0.3', `198.51.100.${index}`, index);
  assert.equal((await guess('127.0.0.3', '198.51.100.99', 8)).status, 429);
});

test('the header of a proxy is believed of its addresses alone', async (t) => {
  const access = { trustedHeader: 'X-Forwarded-User' };
  const named = await aFace(t, { access, proxies: ['127.0.0.2/31'] });
  const headers = { 'x-forwarded-user': 'ann' };
  for (const [from, status] of [
    ['127.0.0.2', 200],
    ['127.0.0.3', 200],
    ['127.0.0.1', 401],
  ] as const)
    assert.equal((await named.ask('/api/v1/workers', { from, headers })).status, status, from);
  const unnamed = await aFace(t, { access });
  assert.equal((await unnamed.ask('/api/v1/workers', { headers })).status, 200);
});

test('a token with half a character is 401', async (t) => {
  const { ask, said } = await aFace(t, { access: { token } });
  const keep = (body: string) => ask('/page/token', { method: 'POST', headers: json, body });
  assert.equal((await keep('{"token": "\\ud800"}')).status, 401);
  assert.equal((await ask('/api/v1/workers', { headers: { cookie: 'celeriac-token=%ed%a0%80' } })).status, 401);
  assert.ok(said.every((sentence) => sentence.startsWith('A client at')));
  for (let guess = 0; guess < 6; guess++) await keep(`{"token": "guess-${guess}"}`);
  assert.equal((await keep(`{"token": "${token}"}`)).status, 429);
});

test('the cookie goes over TLS alone where the client speaks it, and scripts cannot read it', async (t) => {
  const { ask } = await aFace(t, { access: { token }, proxies: ['127.0.0.2'] });
  const keep = async (from: string, headers: Readonly<Record<string, string>> = {}) => {
    const asked = { method: 'POST', from, headers: { ...json, ...headers }, body: JSON.stringify({ token }) };
    return String((await ask('/page/token', asked)).headers['set-cookie'])
      .split('; ')
      .slice(1);
  };
  const always = ['HttpOnly', 'SameSite=Strict', 'Path=/'];
  assert.deepEqual(await keep('127.0.0.1'), always);
  assert.deepEqual(await keep('127.0.0.1', { 'x-forwarded-proto': 'https' }), always);
  assert.deepEqual(await keep('127.0.0.2', { 'x-forwarded-proto': 'http' }), always);
  assert.deepEqual(await keep('127.0.0.2', { 'x-forwarded-proto': 'https' }), [...always, 'Secure']);
});
