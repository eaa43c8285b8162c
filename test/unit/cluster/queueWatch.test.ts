import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksForMs, Onlookers } from '../../../server/cluster/onlookers.ts';
import { unseenEveryMs, watchQueues } from '../../../server/cluster/queueWatch.ts';

const intervalMs = 1;

test('queues that nobody looks at are read only as often as the health rules need, and at the normal rate once somebody looks', {
  timeout: 10_000,
}, async (t) => {
  let now = 0;
  const onlookers = new Onlookers(() => now);
  const over = new AbortController();
  t.after(() => over.abort());
  const readAt: number[] = [];
  let turns = 0;
  const turned = Promise.withResolvers<void>();
  const watching = watchQueues(
    {
      operations: {
        lookAtQueues: async () => {
          readAt.push(now);
        },
      },
      intervalMs,
      // Each turn of the watch asks once; so much time passes by the clock of the cluster.
      wanted: () => {
        now += 5_000;
        turns += 1;
        if (now === looksForMs + 10 * unseenEveryMs) onlookers.note();
        if (turns === 120) turned.resolve();
        return true;
      },
      isLookedAt: () => onlookers.areThere,
      now: () => now,
      changed: () => undefined,
      log: assert.fail,
    },
    over.signal,
  );
  await turned.promise;
  over.abort();
  await watching;
  const between = (from: number, to: number): number => readAt.filter((at) => at >= from && at < to).length;
  const unseenUntil = looksForMs + 10 * unseenEveryMs;
  assert.equal(between(0, looksForMs), looksForMs / 5_000 - 1);
  assert.ok(Math.abs(between(looksForMs, unseenUntil) - 10) <= 1, `${between(looksForMs, unseenUntil)} readings`);
  assert.equal(between(unseenUntil, unseenUntil + looksForMs), looksForMs / 5_000);
});
