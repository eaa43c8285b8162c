import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { pause } from '../../../server/waits/pause.ts';
import { unlessAborted } from '../../../server/waits/unlessAborted.ts';
import { within } from '../../../server/waits/within.ts';

const never = new Promise<never>(() => undefined);
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('a thousand pieces of work leave no listener at the signal that they listened to', async () => {
  const { signal } = new AbortController();
  for (let round = 0; round < 1_000; round++) await unlessAborted(Promise.resolve(round), signal, () => null);
  await assert.rejects(unlessAborted(Promise.reject(new Error('no')), signal, () => null));
  await pause(1, signal);
  assert.equal(listeners(signal), 0);
});

test('the signal ends the waiting, also one that came before', async () => {
  const stopping = new AbortController();
  const waiting = unlessAborted(never, stopping.signal, () => 'stopped');
  stopping.abort();
  assert.equal(await waiting, 'stopped');
  assert.equal(await unlessAborted(never, stopping.signal, () => 'stopped'), 'stopped');
  const refuses = (): never => {
    throw new Error('stopped');
  };
  await assert.rejects(unlessAborted(never, stopping.signal, refuses), /stopped/);
});

test('work that takes too long gives what stands in for it', async () => {
  assert.equal(await within(never, 1, () => 'late'), 'late');
  assert.equal(await within(Promise.resolve('in time'), 10_000, () => 'late'), 'in time');
  const refuses = (): never => {
    throw new Error('late');
  };
  await assert.rejects(within(never, 1, refuses), /late/);
});
