import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowTarget } from '../../../../extension/commands/rowTarget.ts';
import { placeChoices } from '../../../../extension/debug/rdb/placeChoices.ts';
import { isCelery } from '../../../../extension/debug/waiting/owners.ts';
import { rdbWords } from '../../../../extension/debug/waiting/rdbWords.ts';
import {
  isAbout,
  taskOf,
  type Waiter,
  waiterWords,
  waitingSubject,
  workerOf,
} from '../../../../extension/debug/waiting/waiter.ts';
import { waitingToast } from '../../../../extension/debug/waiting/waitingToast.ts';
import { defaultPolicy } from '../../../../extension/notifications/policy.ts';
import type { RunningTarget } from '../../../../server/api/debugging.ts';
import type { Worker } from '../../../../server/api/model.ts';

const place = { host: '127.0.0.1', port: 6900 };
const session = { id: '1', place, process: { pid: 20, parentPid: 10 }, since: 0 };
const aTask = (id: string, pid: number | null): RunningTarget => ({
  id,
  name: 'orders.charge',
  pid,
  receivedAt: 4,
  startedAt: 5,
  hardLimitSeconds: null,
  softLimitSeconds: null,
  acksLate: null,
});
const running = (...tasks: RunningTarget[]) => ({ running: tasks });
const aWorker = (hostname: string, pid: number | null, status: Worker['status'] = 'online') =>
  ({ hostname, pid, status }) as Worker;
const clusterOf = (...workers: Worker[]) => [
  { clusterId: 'c', workers: Object.fromEntries(workers.map((each) => [each.hostname, each])) },
];
const charge: Waiter = {
  session,
  worker: { clusterId: 'c', hostname: 'one@host' },
  target: null,
  task: aTask('a1b2c3d4-1111', 20),
};
const words = 'orders.charge (a1b2c3d4…) on one@host';

test('what rdb prints says that it waits, and that somebody has come or been there', () => {
  const before = '[2026-11-20 10:00:00,000: WARNING/ForkPoolWorker-1] ';
  assert.deepEqual(rdbWords(`${before}Remote Debugger:6900: Ready to connect: telnet 127.0.0.1 6900`), {
    kind: 'waits',
    place,
  });
  const visited = ['Now in session with 127.0.0.1:4711.', 'Session with 127.0.0.1:4711 ended.'];
  for (const each of visited)
    assert.deepEqual(rdbWords(`${before}Remote Debugger:6900: ${each}`), { kind: 'visited', port: 6900 });
  assert.equal(rdbWords('Remote Debugger:6900: Waiting for client...'), null);
});

test('the session belongs to the worker whose process, or whose child, it stands in', () => {
  const others = [aWorker('init@host', 1), aWorker('other@host', 11), aWorker('quiet@host', null)];
  assert.equal(workerOf(session, clusterOf(...others, aWorker('one@host', 10)))?.hostname, 'one@host');
  assert.equal(workerOf(session, clusterOf(...others, aWorker('solo@host', 20)))?.hostname, 'solo@host');
  assert.equal(workerOf(session, clusterOf(...others, aWorker('gone@host', 10, 'offline'))), null);
  assert.equal(workerOf({ ...session, process: { pid: 20, parentPid: 1 } }, clusterOf(...others)), null);
});

test('the task is the one that runs in the process, or the only one of a worker that cannot answer', () => {
  assert.equal(taskOf(session, running(aTask('x', 21), aTask('y', 20)))?.id, 'y');
  assert.equal(taskOf(session, running(aTask('x', 21))), null);
  assert.equal(taskOf(session, running(aTask('solo', null)))?.id, 'solo');
  assert.equal(taskOf(session, running(aTask('x', null), aTask('y', null))), null);
});

test('the list names the tasks that are known, then who else waits, each place once', () => {
  const unknown: Waiter = {
    session: { ...session, place: { ...place, port: 6901 } },
    worker: null,
    target: null,
    task: null,
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
    `${words} waits in rdb. It hangs until somebody attaches.`,
  );
  const several = waitingToast([charge, charge, { ...charge, task: null }], defaultPolicy, [], 0);
  assert.equal(several?.words, `3 tasks wait in rdb and hang until somebody attaches: ${words}, ${words}, …`);
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

test('a process is a worker by its name, or by its pid where it runs Python', () => {
  const known = new Set([10, 1]);
  const is = (pid: number, parentPid: number, commandLine: string) => isCelery({ pid, parentPid, commandLine }, known);
  assert.equal(is(20, 5, 'python -m celery -A shop worker'), true);
  assert.equal(is(10, 5, 'python -m shop.tied worker'), true);
  assert.equal(is(20, 10, 'python3.11 manage.py worker'), true);
  assert.equal(is(10, 5, 'postgres: checkpointer'), false, 'a worker of another machine has this pid');
  assert.equal(is(20, 1, 'python -m http.server 6900'), false, 'everything descends from process 1');
});
