import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { limitsIn, RateLimits } from '../../../server/desk/rateLimits.ts';
import { aSnapshot, aWorker } from '../aSnapshot.ts';

const answered = (...value: unknown[]) => ({ kind: 'answered', hostname: 'a@b', value }) as const;

test('the rate limit of a task type is read as its worker writes it; a removed limit and rubbish are none', () => {
  const limits = limitsIn([
    answered('shop.charge [rate_limit=10/m]', 'shop.mail', 'shop.old [rate_limit=0]', 'x [rate_limit=0.0/s]', 7, null),
    { kind: 'silent', hostname: 'c@d', reason: 'lost', sentence: '' } as never,
  ]);
  assert.deepEqual([...limits], [['shop.charge', '10/m']]);
});

test('reading rate limits asks for them again, never twice at once, and keeps the last answer', async () => {
  const asked: unknown[] = [];
  let limit = '10/m';
  const cluster = {
    linkState: aSnapshot().link,
    state: { workers: new Map([['a@b', aWorker({ hostname: 'a@b' })]]) },
    operations: {
      inspect: async (command: unknown) => {
        asked.push(command);
        return { replies: limit === '' ? [] : [answered(`shop.charge [rate_limit=${limit}]`)], tookMs: 1 };
      },
    },
  } as unknown as Cluster;
  const limits = new RateLimits();
  const read = async (): Promise<string | undefined> => {
    limits.read('shop', cluster);
    limits.read('shop', cluster);
    await setImmediate();
    return limits.read('shop', cluster).get('shop.charge');
  };
  assert.equal(await read(), '10/m');
  assert.equal(asked.length, 2);
  await setImmediate();
  limit = '';
  assert.equal(await read(), '10/m');
});
