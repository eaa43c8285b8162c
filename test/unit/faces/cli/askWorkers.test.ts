import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askWorkers, type Question, readDestination } from '../../../../server/faces/cli/askWorkers.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';
import { anOperating } from './anOperating.ts';

const ping: Question = { method: 'ping', arguments: {}, destination: [], timeoutMs: 2_000 };
const bare = { method: 'ping', arguments: {}, timeoutMs: 2_000 };

test('asks at once where the broker tells how many there are', async () => {
  const { cluster, asked, steps } = anOperating({ called: 2 });
  await askWorkers(cluster, ping);
  assert.deepEqual(asked, [bare]);
  assert.deepEqual(steps, ['ask ping']);
});

test('asks nobody where nobody is', async () => {
  const { cluster, asked } = anOperating({ called: 0 });
  assert.deepEqual(await askWorkers(cluster, ping), { replies: [], expected: 0, tookMs: 0 });
  assert.deepEqual(asked, []);
});

test('waits until the workers have spoken up where nobody tells how many there are', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: null, heard: ['a@h'] });
  await askWorkers(cluster, ping);
  assert.deepEqual(steps, ['meet', 'ask ping']);
  assert.deepEqual(asked, [bare]);
});

test('asks by name those that the broker names, without waiting', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: ['a@h', 'b@h'] });
  await askWorkers(cluster, ping);
  assert.deepEqual(steps, ['ask ping']);
  assert.deepEqual(asked, [{ ...bare, destination: ['a@h', 'b@h'] }]);
});

test('does not believe a broker that took the command and names nobody', async () => {
  const { cluster, asked, steps } = anOperating({ called: null, bound: [], heard: ['a@h'] });
  await askWorkers(cluster, ping);
  assert.deepEqual(steps, ['meet', 'ask ping']);
  assert.deepEqual(asked, [bare]);
});

test('asks workers by name, whoever has been heard of', async () => {
  const { cluster, asked, steps } = anOperating({ called: null });
  await askWorkers(cluster, { ...ping, destination: ['a@h,b@h', 'a@h'] });
  assert.deepEqual(asked, [{ ...bare, destination: ['a@h', 'b@h'] }]);
  assert.deepEqual(steps, ['ask ping']);
});

test('meets the workers before it asks those that fit a pattern, and before it ends them', async () => {
  const fitting = anOperating({ called: 2 });
  await askWorkers(fitting.cluster, { ...ping, destination: ['a*'] });
  assert.deepEqual(fitting.steps, ['meet', 'ask ping']);
  assert.deepEqual(fitting.asked, [{ ...bare, pattern: 'a*', matcher: 'glob' }]);
  const ended = anOperating({ called: 2 });
  await askWorkers(ended.cluster, { ...ping, method: 'shutdown' });
  assert.deepEqual(ended.steps, ['meet', 'ask shutdown']);
});

test('ends no worker when one of those that were named is not there', async () => {
  const { cluster, asked } = anOperating({ heard: ['web1@h', 'web2@h'] });
  const shutdown: Question = { ...ping, method: 'shutdown', destination: ['web1@h', 'weeb2@h'] };
  await assert.rejects(
    askWorkers(cluster, shutdown),
    new UsageError('There is no worker called weeb2@h. Did you mean "web2@h"? Nothing was sent.'),
  );
  assert.deepEqual(asked, []);
});

test('reads names and one pattern, and refuses what is neither', () => {
  assert.deepEqual(readDestination([]), { names: [], pattern: null });
  assert.deepEqual(readDestination([' a@h , b@h']), { names: ['a@h', 'b@h'], pattern: null });
  assert.deepEqual(readDestination(['web[12]@h']), { names: [], pattern: 'web[12]@h' });
  assert.throws(
    () => readDestination(['a@h', 'b*']),
    /-d takes one pattern or any number of names; "b\*" is a pattern\.$/,
  );
  assert.throws(() => readDestination(['a@h,']), /-d needs the name of a worker/);
});
