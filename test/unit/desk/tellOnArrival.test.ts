import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellOnArrival } from '../../../server/desk/tellOnArrival.ts';
import { anOperating } from '../faces/cli/anOperating.ts';

const ping = { method: 'ping', arguments: {} } as const;
const shutdown = { method: 'shutdown', arguments: {} } as const;
const bare = { ...ping, timeoutMs: 2_000 };
const toEvery = { destination: { names: [], pattern: null }, timeoutMs: 2_000 };
const toNamed = (...names: readonly string[]) => ({ ...toEvery, destination: { names, pattern: null } });

test('asks at once where the broker tells how many there are', async () => {
  const { cluster, asked, steps } = anOperating({ called: 2 });
  await tellOnArrival(cluster, ping, toEvery);
  assert.deepEqual(asked, [bare]);
  assert.deepEqual(steps, ['ask ping']);
});

test('asks nobody where nobody is', async () => {
  const { cluster, asked } = anOperating({ called: 0 });
  assert.deepEqual(await tellOnArrival(cluster, ping, toEvery), { replies: [], expected: 0, tookMs: 0 });
  assert.deepEqual(asked, []);
});

test('waits until the workers have spoken up where nobody tells how many there are', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: null, heard: ['a@h'] });
  await tellOnArrival(cluster, ping, toEvery);
  assert.deepEqual(steps, ['meet', 'ask ping']);
  assert.deepEqual(asked, [bare]);
});

test('asks by name those that the broker names, without waiting', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: ['a@h', 'b@h'] });
  await tellOnArrival(cluster, ping, toEvery);
  assert.deepEqual(steps, ['ask ping']);
  assert.deepEqual(asked, [{ ...bare, destination: ['a@h', 'b@h'] }]);
});

test('does not believe a broker that took the command and names nobody', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: [], heard: ['a@h'] });
  await tellOnArrival(cluster, ping, toEvery);
  assert.deepEqual(steps, ['meet', 'ask ping']);
  assert.deepEqual(asked, [bare]);
});

test('asks workers by name, whoever has been heard of', async () => {
  const { cluster, asked, steps } = anOperating({ called: null });
  await tellOnArrival(cluster, ping, toNamed('a@h', 'b@h'));
  assert.deepEqual(asked, [{ ...bare, destination: ['a@h', 'b@h'] }]);
  assert.deepEqual(steps, ['ask ping']);
});

test('meets the workers before it asks those that fit a pattern, and before it ends them', async () => {
  const fitting = anOperating({ called: 2 });
  await tellOnArrival(fitting.cluster, ping, { ...toEvery, destination: { names: [], pattern: 'a*' } });
  assert.deepEqual(fitting.steps, ['meet', 'ask ping']);
  assert.deepEqual(fitting.asked, [{ ...bare, pattern: 'a*', matcher: 'glob' }]);
  const ended = anOperating({ called: 2 });
  await tellOnArrival(ended.cluster, shutdown, toEvery);
  assert.deepEqual(ended.steps, ['meet', 'ask shutdown']);
});

test('ends no worker when one of those that were named is not there', async () => {
  const { cluster, asked } = anOperating({ heard: ['web1@h', 'web2@h'] });
  await assert.rejects(tellOnArrival(cluster, shutdown, toNamed('web1@h', 'weeb2@h')), {
    code: 'badRequest',
    message: 'Unknown worker weeb2@h. Did you mean "web2@h"? Nothing was sent.',
  });
  assert.deepEqual(asked, []);
});
