import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Broker } from '../../../server/brokers/broker.ts';
import { Lifeline, type LifelineParts } from '../../../server/cluster/lifeline.ts';

const now = 1_000_000;

/** A lifeline to a broker that refuses every connection. */
const lifelineTo = (parts: Partial<LifelineParts>): Lifeline => {
  const nothing = (): void => undefined;
  const broker = { connect: () => Promise.reject(new Error('Connection refused.')) } as unknown as Broker;
  return new Lifeline({
    name: 'shop',
    broker,
    now: () => now,
    log: nothing,
    largestMessage: 1,
    deliver: nothing,
    lost: nothing,
    isWatched: () => false,
    lastHeardAt: () => null,
    began: nothing,
    ended: nothing,
    changed: nothing,
    onGreeted: nothing,
    ...parts,
  });
};

/** How long it waits after that many attempts; all waits before are cut short. */
const waitAfter = async (lifeline: Lifeline, attempts: number): Promise<number> => {
  for (;;) {
    await setImmediate();
    const { link } = lifeline;
    if (link.kind !== 'lost') continue;
    if (link.attempt >= attempts) return link.retryAt - now;
    await lifeline.refresh();
  }
};

test('the wait for the next attempt is at most ten seconds while somebody looks', async (context) => {
  const lifeline = lifelineTo({ isWatched: () => true });
  context.after(() => lifeline.stop());
  lifeline.start();
  for (const attempts of [5, 6, 7, 20]) assert.ok((await waitAfter(lifeline, attempts)) <= 10_000, String(attempts));
});

test('a long wait ends when somebody begins to look, and a short one does not', async (context) => {
  let isWatched = false;
  const lifeline = lifelineTo({ isWatched: () => isWatched });
  context.after(() => lifeline.stop());
  lifeline.start();
  assert.ok((await waitAfter(lifeline, 6)) > 20_000);
  isWatched = true;
  lifeline.noteLook();
  assert.ok((await waitAfter(lifeline, 7)) <= 10_000);
  lifeline.noteLook();
  await setImmediate();
  assert.equal(lifeline.link.kind === 'lost' && lifeline.link.attempt, 7);
});
