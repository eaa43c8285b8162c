import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTarget } from '../../../../extension/commands/rowTarget.ts';
import { placeChoices } from '../../../../extension/debug/rdb/placeChoices.ts';
import {
  isAbout,
  type Waiter,
  waitersIn,
  waiterWords,
  waitingSubject,
} from '../../../../extension/debug/waiting/waiter.ts';
import { waitingToast } from '../../../../extension/debug/waiting/waitingToast.ts';
import { defaultPolicy } from '../../../../extension/notifications/policy.ts';
import type { WaitingSession } from '../../../../server/api/waiting.ts';

const place = { host: '127.0.0.1', port: 6900 };
const session: WaitingSession = {
  id: '1',
  place,
  process: { pid: 20, parentPid: 10 },
  since: 0,
  hostname: 'one@host',
  task: { id: 'a1b2c3d4-1111', name: 'orders.charge' },
};
const charge: Waiter = { session, worker: { clusterId: 'c', hostname: 'one@host' } };
const words = 'orders.charge (a1b2c3d4…) on one@host';

test('a session of no known worker, which every cluster reports, is one session', () => {
  const stranger = { ...session, id: '2', hostname: null, task: null };
  const all = waitersIn([
    { clusterId: 'c', waiting: { '1': session, '2': stranger } },
    { clusterId: 'd', waiting: { '2': stranger } },
  ]);
  assert.deepEqual([...all.values()], [charge, { session: stranger, worker: null }]);
});

test('a session that one cluster knows as its own is not the stranger of another', () => {
  const stranger = { ...session, hostname: null, task: null };
  const orders = { clusterId: 'c', waiting: { '1': session } };
  const other = { clusterId: 'd', waiting: { '1': stranger } };
  assert.deepEqual([...waitersIn([other, orders]).values()], [charge]);
  assert.deepEqual([...waitersIn([orders, other]).values()], [charge]);
});

test('the list names the tasks that are known, then who else waits, each place once', () => {
  const unknown: Waiter = {
    session: { ...session, place: { ...place, port: 6901 }, hostname: null, task: null },
    worker: null,
  };
  const here = [place, { ...place, port: 6901 }, { ...place, port: 6902 }];
  const choices = placeChoices(
    [charge, unknown],
    here,
    here.map((each) => ({ ...each, worker: null })),
    false,
  );
  assert.deepEqual(
    choices.map(({ kind, label }) => `${kind} ${label}`),
    [`waiting ${words}`, 'waiting 127.0.0.1:6901', 'waiting 127.0.0.1:6902', 'type Enter Host and Port…'],
  );
  assert.equal(choices[0]?.description, '127.0.0.1:6900');
});

test('a notification names the task, or counts them when several begin to wait at once', () => {
  assert.equal(waiterWords(charge), words);
  assert.equal(
    waitingToast([charge], defaultPolicy, [], 0)?.words,
    `${words} is paused in rdb until a debugger attaches.`,
  );
  const several = waitingToast(
    [charge, charge, { ...charge, session: { ...session, task: null } }],
    defaultPolicy,
    [],
    0,
  );
  assert.equal(several?.words, `3 tasks are paused in rdb until a debugger attaches: ${words}, ${words}, …`);
});

test('notifications obey mute, quiet hours, level, the list of tasks and the number in an hour', () => {
  const silent = [
    { ...defaultPolicy, isEnabled: false },
    { ...defaultPolicy, mutedUntil: 10_000 },
    { ...defaultPolicy, level: 'critical' as const },
    { ...defaultPolicy, onlyTasks: ['emails.*'] },
    { ...defaultPolicy, maxPerHour: 2 },
    { ...defaultPolicy, mutedConnections: { c: 10_000 } },
  ];
  for (const policy of silent) assert.equal(waitingToast([charge], policy, [8_000, 9_000], 9_999), null);
  assert.notEqual(waitingToast([charge], { ...defaultPolicy, maxPerHour: 2 }, [8_000, 9_000], 3_608_001), null);
  const elsewhere = { ...charge, worker: { clusterId: 'other', hostname: 'two@host' } };
  const oneMuted = { ...defaultPolicy, mutedConnections: { c: 10_000 } };
  assert.deepEqual(waitingToast([charge, elsewhere], oneMuted, [], 9_999)?.about, [elsewhere]);
  assert.notEqual(waitingToast([charge], { ...defaultPolicy, onlyTasks: ['orders.*'] }, [], 0), null);
});

test('a row leads to the session of its task or process, and to no other', () => {
  const isOf = (row: unknown): boolean | null => {
    const subject = waitingSubject(rowTarget(row));
    return subject === null ? null : isAbout(charge, subject);
  };
  assert.deepEqual([isOf({ taskId: 'a1b2c3d4-1111' }), isOf({ taskId: 'another' })], [true, false]);
  assert.deepEqual([isOf({ pid: 20 }), isOf({ pid: 21 })], [true, false]);
  assert.deepEqual([isOf(undefined), isOf({ hostname: 'one@host' })], [null, null]);
});
