import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answered, aFace } from './aFace.ts';

const statusesOf = (answers: readonly Answered[]): number[] => [...new Set(answers.map(({ status }) => status))].sort();

const json = { 'content-type': 'application/json' };

for (const [what, path, method, most] of [
  ['what a page asks', '/page/ask/names?params=%7B%7D', 'GET', 400],
  ['a command to workers', '/api/v1/control/ping', 'POST', 100],
  ['a revocation', '/api/v1/tasks/x/revoke', 'POST', 100],
  ['a purge', '/api/v1/queues/q/purge', 'POST', 100],
] as const)
  test(`${what} is refused when one client sends it without pause, and others are served`, async (t) => {
    const { ask, clock } = await aFace(t);
    const send = (from?: string) =>
      ask(path, { method, ...(method === 'POST' ? { headers: json, body: '{}' } : {}), ...(from ? { from } : {}) });
    const first: Answered[] = [];
    for (let count = 0; count < most; count++) first.push(await send());
    assert.ok(!statusesOf(first).includes(429), String(statusesOf(first)));
    const refused = await send();
    assert.equal(refused.status, 429);
    assert.match(refused.text, /Try again in 1 s/);
    assert.equal(refused.headers['retry-after'], '1');
    assert.notEqual((await send('127.0.9.1')).status, 429);
    clock.now += 1_000;
    assert.notEqual((await send()).status, 429);
  });
