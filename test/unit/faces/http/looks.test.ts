import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aFace } from './aFace.ts';

test('a scrape, a page and a program look at the cluster; probes, strangers and what is not there do not', async (t) => {
  const { ask, looks } = await aFace(t, { access: { token: 'a-token-of-this-test' } });
  const headers = { authorization: 'Bearer a-token-of-this-test' };
  for (const path of ['/livez', '/readyz', '/nothing']) await ask(path, { headers });
  await ask('/api/v1/workers');
  assert.equal(looks.length, 0);
  await ask('/api/v1/workers', { headers });
  assert.equal(looks.length, 1);
});
