import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { startPolling } from '../../../media/page/polling.ts';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('reads one at a time, again after each pause, and not while nobody looks', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const reads: PromiseWithResolvers<void>[] = [];
  let isIdle = false;
  const polling = startPolling({
    read: () => {
      const read = Promise.withResolvers<void>();
      reads.push(read);
      return read.promise;
    },
    everyMs: () => 1_000,
    isIdle: () => isIdle,
  });
  assert.equal(reads.length, 1);
  polling.refresh();
  polling.refresh();
  mock.timers.tick(5_000);
  assert.equal(reads.length, 1);
  reads[0]?.resolve();
  await settle();
  assert.equal(reads.length, 2);
  reads[1]?.resolve();
  await settle();
  mock.timers.tick(1_000);
  assert.equal(reads.length, 3);
  reads[2]?.resolve();
  await settle();
  isIdle = true;
  mock.timers.tick(1_000);
  mock.timers.tick(1_000);
  assert.equal(reads.length, 3);
  polling.refresh();
  assert.equal(reads.length, 4);
  polling.stop();
  reads[3]?.resolve();
  await settle();
  isIdle = false;
  mock.timers.tick(5_000);
  polling.refresh();
  assert.equal(reads.length, 4);
  mock.timers.reset();
});
