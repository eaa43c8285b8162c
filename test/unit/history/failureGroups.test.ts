import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FailureGroup } from '../../../server/api/failures.ts';
import { FailureDesk } from '../../../server/cluster/failureDesk.ts';
import { Guard } from '../../../server/cluster/guard.ts';
import type { History } from '../../../server/history/history.ts';
import { ClusterState } from '../../../server/state/clusterState.ts';
import { received, t0, taskEvent } from '../state/someEvents.ts';
import { open, tempFolder } from './somethingKept.ts';

const aGroup = (parts: Partial<FailureGroup> = {}): FailureGroup => ({
  id: 'f1',
  taskName: 'shop.charge',
  exceptionType: 'Declined',
  message: 'order 12',
  frame: { file: '/app/shop/orders.py', line: 11, function: 'charge' },
  count: 3,
  firstSeenAt: 1_000,
  lastSeenAt: 2_000,
  workers: ['w1@a'],
  lastTaskId: 't3',
  unseen: 2,
  mute: { kind: 'change' },
  perMinute: new Array(60).fill(0),
  ...parts,
});

it('groups of failures come back as they were, the last failed first', async (t) => {
  const folder = tempFolder(t);
  const history = await open(folder);
  const groups = [aGroup(), aGroup({ id: 'f2', lastSeenAt: 9_000 })];
  await history.saveFailureGroups(groups);
  await history.close();
  const again = await open(folder);
  assert.deepEqual(await again.failureGroups(), groups.toReversed());
  await again.close();
});

it('of two windows that heard the same failures the larger count holds', async (t) => {
  const history = await open(tempFolder(t));
  await history.saveFailureGroups([aGroup({ count: 5, firstSeenAt: 1_500 })]);
  await history.saveFailureGroups([aGroup({ count: 4, unseen: 0, lastSeenAt: 1_900 })]);
  const [group] = await history.failureGroups();
  assert.deepEqual([group?.count, group?.firstSeenAt, group?.lastSeenAt, group?.unseen], [5, 1_000, 2_000, 0]);
  await history.close();
});

it('mutes of alerts come back until they are taken back', async (t) => {
  const folder = tempFolder(t);
  const history = await open(folder);
  await history.saveAlertMute('queueDepth:emails', 5_000);
  await history.saveAlertMute('noWorkers:', 6_000);
  await history.saveAlertMute('noWorkers:', null);
  await history.close();
  const again = await open(folder);
  assert.deepEqual(await again.alertMutes(), { 'queueDepth:emails': 5_000 });
  await again.close();
});

/** A desk of a cluster in which so many tasks have failed for two reasons by turns, a second apart. */
const deskOf = (history: History | null, failures: number) => {
  const state = new ClusterState({ maxTasks: 10_000, workerLostAfterMs: 20_000, startedAt: 0 });
  const recording = history?.record(state);
  const now = (): number => t0 * 1_000;
  const log = assert.fail;
  const parts = { guard: new Guard({ now, log }), state, history, now, changed: () => undefined, log, limitBytes: 1e7 };
  const desk = new FailureDesk(parts);
  for (let number = 0; number < failures; number++) {
    const head = {
      hostname: 'w1@a',
      uuid: `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`,
      clock: number,
    };
    const at = t0 + number;
    state.apply(
      { ...head, type: 'task-received', timestamp: at, name: 'shop.charge', args: `(${number},)`, kwargs: '{}' },
      at * 1_000,
    );
    const exception = number % 2 === 0 ? `Declined(${number})` : `Refused(${number})`;
    state.apply({ ...head, type: 'task-failed', timestamp: at + 0.5, exception, traceback: null }, at * 1_000 + 500);
  }
  const declined = desk.all.find(({ exceptionType }) => exceptionType === 'Declined')?.id ?? '';
  return { desk, recording, declined };
};

for (const kept of [false, true]) {
  it(`the failures of a group come in pages, newest first, each once${kept ? ', also from disk' : ''}`, async (t) => {
    const history = kept ? await open(tempFolder(t)) : null;
    const { desk, recording, declined } = deskOf(history, 50);
    await recording?.stop();
    const seen: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await desk.occurrences(declined, 7, cursor);
      seen.push(...page.occurrences.map(({ args }) => args));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      Array.from({ length: 25 }, (_, index) => `(${48 - 2 * index},)`),
    );
    await desk.stop();
    await history?.close();
  });
}

it('a group that survived a restart still has its failures', async (t) => {
  const folder = tempFolder(t);
  const first = await open(folder);
  const { desk, recording, declined } = deskOf(first, 10);
  desk.mute([declined], { kind: 'forever' });
  await recording?.stop();
  await desk.stop();
  await first.close();
  const history = await open(folder);
  const next = deskOf(history, 0);
  await next.desk.restore();
  assert.deepEqual(next.desk.all.find(({ id }) => id === declined)?.mute, { kind: 'forever' });
  const { occurrences, nextCursor } = await next.desk.occurrences(declined);
  assert.deepEqual([occurrences.length, occurrences[0]?.args, nextCursor], [5, '(8,)', null]);
  await history.close();
});

it('what is no group, and what is no cursor, is said', async () => {
  const { desk, declined } = deskOf(null, 1);
  await assert.rejects(desk.occurrences('nobody'), /no longer in memory/);
  await assert.rejects(desk.occurrences(declined, 5, 'rubbish'), /cursor is not valid/);
});

it('groups that a full disk refuses are told once, not at each save, and are saved when it has room', async (t) => {
  const real = await open(tempFolder(t));
  let isFull = true;
  const saveFailureGroups = (groups: readonly FailureGroup[]): Promise<void> =>
    isFull ? Promise.reject(new Error('database or disk is full')) : real.saveFailureGroups(groups);
  const history: History = Object.assign(Object.create(real), { saveFailureGroups });
  const state = new ClusterState({ maxTasks: 100, workerLostAfterMs: 20_000, startedAt: 0 });
  const told: string[] = [];
  const log = (line: string): unknown => told.push(line);
  const now = (): number => t0 * 1_000;
  const parts = { guard: new Guard({ now, log }), state, history, now, changed: () => undefined, log, limitBytes: 1e7 };
  const desk = new FailureDesk(parts);
  const fail = async (number: number): Promise<void> => {
    state.apply(received(number), t0 * 1_000);
    const exception = `Refused${number}('no')`;
    state.apply(taskEvent('failed', number, 1, { exception, traceback: null }), (t0 + 1) * 1_000);
    desk.markSeen(null);
    await desk.stop();
  };
  for (const number of [1, 2, 3, 4]) await fail(number);
  assert.deepEqual(told, ['Failure groups could not be stored. Celeriac will try again: database or disk is full']);
  isFull = false;
  await fail(5);
  const kept = (await real.failureGroups()).map(({ exceptionType }) => exceptionType).sort();
  assert.deepEqual(kept, ['Refused1', 'Refused2', 'Refused3', 'Refused4', 'Refused5']);
  isFull = true;
  await fail(6);
  assert.equal(told.length, 2);
  await real.close();
});
