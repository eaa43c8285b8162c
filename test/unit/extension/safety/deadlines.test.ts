import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachQuestion } from '../../../../extension/debug/safety/attachQuestion.ts';
import { clockView, dueWarnings } from '../../../../extension/debug/safety/clockView.ts';
import { type Deadline, deadlinesOf } from '../../../../extension/debug/safety/deadlines.ts';
import { countdown } from '../../../../extension/debug/safety/deadlineWords.ts';
import { readSessionTarget } from '../../../../extension/debug/safety/sessionTarget.ts';
import { standstillWords } from '../../../../extension/debug/safety/standstill.ts';
import type { DebugTarget, RunningTarget } from '../../../../server/api/debugging.ts';

const task: RunningTarget = {
  id: 'a1b2c3d4',
  name: 'orders.charge',
  pid: 20,
  receivedAt: 5_000,
  startedAt: 10_000,
  hardLimitSeconds: 300,
  softLimitSeconds: 240,
  acksLate: true,
};
const target: DebugTarget = {
  hostname: 'one@host',
  place: 'here',
  mainPid: 10,
  pool: 'prefork',
  childPids: [20, 21],
  task,
  running: [task],
  reserved: 3,
  visibilityTimeoutSeconds: 3_600,
  listeners: [],
  problem: null,
};
const prod = { name: 'orders-prod', environment: 'prod', isReadOnly: true } as const;
const dev = { name: 'orders', environment: 'dev', isReadOnly: false } as const;
const killedAt = (at: number): Deadline => ({ kind: 'killed', at, limitSeconds: 20 });

test('a task ends by its limits since its start, and comes again by the visibility timeout since it was received', () => {
  assert.deepEqual(deadlinesOf({ task, target, driftMs: 0 }), [
    { kind: 'interrupted', at: 250_000, limitSeconds: 240 },
    { kind: 'killed', at: 310_000, limitSeconds: 300 },
    { kind: 'deliveredAgain', at: 3_605_000, limitSeconds: 3_600 },
  ]);
  const [first] = deadlinesOf({ task, target, driftMs: -2_000 });
  assert.equal(first?.at, 248_000, 'the clock of its machine is ahead of ours');
});

test('what does not end it is left out', () => {
  const kinds = (t: Partial<RunningTarget>, w: Partial<DebugTarget> = {}) =>
    deadlinesOf({ task: { ...task, ...t }, target: { ...target, ...w }, driftMs: 0 }).map(({ kind }) => kind);
  assert.deepEqual(kinds({}, { pool: 'solo' }), ['deliveredAgain'], 'a solo worker takes no heed of limits');
  assert.deepEqual(kinds({ acksLate: false }), ['interrupted', 'killed'], 'it was acknowledged when it began');
  assert.deepEqual(kinds({ acksLate: null, softLimitSeconds: null }), ['killed']);
  assert.deepEqual(kinds({ startedAt: null, receivedAt: null }), []);
  assert.deepEqual(kinds({ acksLate: false, hardLimitSeconds: 0, softLimitSeconds: null }), [], 'zero is no limit');
});

test('production and read-only connections ask, and say what stands still and what ends it', () => {
  const deadlines = deadlinesOf({ task, target, driftMs: 0 });
  const asked = attachQuestion({ debugger: 'rdb', cluster: prod, target, task, deadlines }, 60_000, 60_000);
  assert.equal(asked?.message, 'Attach to orders.charge on one@host?');
  assert.deepEqual(asked?.detail, [
    'One process of one@host is paused, and its tasks wait. The others continue. ' +
      '3 prefetched tasks wait. ' +
      'In 3:10 the soft time limit of 240 s raises SoftTimeLimitExceeded in it. ' +
      'In 4:10 the hard time limit of 300 s kills its process, and the task fails. ' +
      'In 59:05, after the visibility timeout of 3600 s, the broker redelivers it, and it runs a second time elsewhere.',
    'Connection: orders-prod (prod, read-only)',
  ]);
  const readOnly = { ...dev, isReadOnly: true };
  assert.ok(attachQuestion({ debugger: 'rdb', cluster: readOnly, target, task: null, deadlines: [] }, 60_000, 0));
});

test('elsewhere nobody is asked, unless the task is about to be ended', () => {
  const ask = (left: number) =>
    attachQuestion({ debugger: 'rdb', cluster: dev, target, task, deadlines: [killedAt(left)] }, 60_000, 0);
  assert.equal(ask(60_001), null);
  assert.match(
    ask(60_000)?.detail.join('\n') ?? '',
    /^One process .* In 1:00 the hard time limit of 20 s kills its process/,
  );
  assert.match(ask(-1)?.detail.join('\n') ?? '', /The hard time limit of 20 s has passed/);
  assert.equal(
    attachQuestion({ debugger: 'rdb', cluster: null, target: null, task: null, deadlines: [] }, 60_000, 0),
    null,
  );
});

test('what stands still depends on the pool and on the debugger', () => {
  const words = (w: Partial<DebugTarget>, by: 'rdb' | 'debugpy' = 'rdb') => standstillWords({ ...target, ...w }, by);
  const whole =
    /^The whole worker one@host is paused: .* no heartbeat, so other tools report it as lost\. 3 prefetched tasks/;
  assert.match(words({ pool: 'solo', childPids: null }), whole);
  assert.match(words({ pool: 'threads', childPids: null }, 'debugpy'), whole);
  assert.match(words({ pool: null, childPids: null, problem: 'It did not answer.' }), whole);
  assert.doesNotMatch(words({ pool: 'threads', childPids: null }), whole);
  assert.match(
    words({ childPids: [20], reserved: 1 }),
    /^The only process of .* is paused.*1 prefetched task waits\.$/,
  );
  assert.match(words({ reserved: 0 }), /The others continue\.$/);
});

test('time runs down in the status bar, and becomes urgent', () => {
  assert.deepEqual(
    [countdown(250_000), countdown(3_723_000), countdown(500), countdown(-9)],
    ['4:10', '1:02:03', '0:01', '0:00'],
  );
  const deadlines = [killedAt(100_000), { kind: 'deliveredAgain', at: 200_000, limitSeconds: 200 } as const];
  assert.deepEqual(clockView(deadlines, 60_000, 30_000)?.label, 'killed in 1:10');
  assert.equal(clockView(deadlines, 60_000, 30_000)?.isUrgent, false);
  assert.equal(clockView(deadlines, 60_000, 40_000)?.isUrgent, true);
  assert.equal(clockView(deadlines, 60_000, 100_000)?.label, 'redelivered in 1:40');
  assert.equal(clockView(deadlines, 60_000, 200_000)?.label, 'time is up');
  assert.equal(clockView([], 60_000, 0), null);
});

test('each deadline is warned of once, when it is near and not when it is over', () => {
  const deadlines = [killedAt(100_000)];
  const due = (now: number, warned: readonly Deadline['kind'][] = []) =>
    dueWarnings(deadlines, new Set(warned), 60_000, now).length;
  assert.deepEqual([due(39_999), due(40_000), due(40_000, ['killed']), due(100_000)], [0, 1, 0, 0]);
});

test('a configuration names what its session stands in, or nothing', () => {
  const celeryTarget = { clusterId: 'c', hostname: 'one@host', taskId: null };
  assert.deepEqual(readSessionTarget({ type: 'celery-rdb', celeryTarget }), celeryTarget);
  assert.equal(readSessionTarget({ type: 'celery-rdb', celeryTarget: 'one@host' }), null);
});
