import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachRequest } from '../../../../extension/debug/debugpy/attachRequest.ts';
import { type AttachFacts, sureWay, wayChoices } from '../../../../extension/debug/debugpy/attachWays.ts';
import { withoutEnd, withoutPower } from '../../../../extension/debug/debugpy/endlessMessages.ts';
import { fittingPorts, portsToProbe } from '../../../../extension/debug/debugpy/listeningPort.ts';
import { meantProcess } from '../../../../extension/debug/debugpy/meantProcess.ts';
import type { DebugTarget, RunningTarget } from '../../../../server/api/debugging.ts';

const task: RunningTarget = {
  id: '3f2a9c1e-0000',
  name: 'orders.charge',
  pid: 21,
  receivedAt: null,
  startedAt: 1_000,
  hardLimitSeconds: null,
  softLimitSeconds: null,
  acksLate: null,
};
const target: DebugTarget = {
  hostname: 'api@shop',
  place: 'here',
  mainPid: 20,
  pool: 'prefork',
  childPids: [21, 22],
  task: null,
  running: [task],
  reserved: 0,
  visibilityTimeoutSeconds: null,
  listeners: [],
  problem: null,
};
const facts: AttachFacts = {
  target,
  pid: 21,
  reach: { pythons: ['/venv/bin/python'], obstacle: null },
  python: '/venv/bin/python',
  remembered: null,
};
const nothing = { taskId: null, pid: null };

test('the process of a task is the child that runs it; of a worker the only one there is', () => {
  assert.deepEqual(meantProcess({ ...target, task }, { taskId: task.id, pid: null }), { pid: 21, task });
  assert.deepEqual(meantProcess(target, { taskId: null, pid: 22 }), { pid: 22, task: null });
  assert.equal(meantProcess(target, nothing), null);
  assert.deepEqual(meantProcess({ ...target, childPids: [21] }, nothing), { pid: 21, task });
  assert.deepEqual(meantProcess({ ...target, childPids: null }, nothing), { pid: 20, task });
  assert.throws(() => meantProcess(target, { taskId: 'over', pid: null }), /has already finished/);
});

test('a solo worker that is too busy to answer runs its task in its only process', () => {
  const silent = { ...target, childPids: null, task: { ...task, pid: null } };
  assert.equal(meantProcess(silent, { taskId: task.id, pid: null })?.pid, 20);
  // Nobody tells which child of a prefork pool it is.
  assert.equal(meantProcess({ ...silent, childPids: [] }, { taskId: task.id, pid: null })?.pid, null);
});

test('a process in which debugpy listens is attached to without a question', () => {
  const listeners = [
    { pid: 22, host: '127.0.0.1', port: 5681 },
    { pid: 21, host: '127.0.0.1', port: 5680 },
  ];
  const way = sureWay({ ...facts, target: { ...target, listeners } });
  assert.deepEqual(way, { kind: 'listening', place: { host: '127.0.0.1', port: 5680 } });
  assert.equal(sureWay(facts), null);
});

test('offers what is possible first', () => {
  const kinds = (given: AttachFacts) => wayChoices(given).map(({ way }) => way?.kind ?? null);
  assert.deepEqual(kinds(facts), ['inject', 'type', 'makeListen']);
  const remembered = { host: 'worker1', port: 5680 };
  assert.deepEqual(kinds({ ...facts, remembered, python: null }), ['search', 'type', 'makeListen', null]);
});

test('says in one sentence why a process cannot be reached, and what would help', () => {
  const reason = (given: Partial<AttachFacts>) => wayChoices({ ...facts, ...given }).find(({ way }) => !way)?.detail;
  const reach = (obstacle: 'gone' | 'otherUser' | 'noGdb' | 'gdbFails' | 'ptraceForbidden') => ({
    reach: { pythons: [], obstacle },
  });
  assert.match(reason({ target: { ...target, place: 'elsewhere' } }) ?? '', /another machine.*forward the port/);
  assert.match(reason({ target: { ...target, place: 'container' } }) ?? '', /container.*publish the port/);
  assert.match(reason({ python: null }) ?? '', /\/venv\/bin\/python -m pip install debugpy/);
  assert.match(reason(reach('noGdb')) ?? '', /apt install gdb/);
  assert.match(reason(reach('gdbFails')) ?? '', /gdb of this machine is too old/);
  assert.match(reason(reach('ptraceForbidden')) ?? '', /ptrace_scope/);
  assert.match(reason(reach('otherUser')) ?? '', /another user/);
  assert.match(reason(reach('gone')) ?? '', /has ended/);
  assert.match(reason({ pid: null }) ?? '', /The process is unknown/);
});

test('takes the port of the process that is meant, or all to choose from', () => {
  const place = { host: 'worker1', port: 5680 };
  const found = [
    { kind: 'process', port: 5680, pid: 22 },
    { kind: 'process', port: 5681, pid: 21 },
  ] as const;
  assert.deepEqual(fittingPorts(found, 21, place), [found[1]]);
  assert.deepEqual(fittingPorts(found, null, place), found);
  const half = [found[0], { kind: 'taken', port: 5681 }] as const;
  assert.throws(() => fittingPorts(half, 21, place), /Another debugger.*worker1:5681/);
  assert.throws(
    () => fittingPorts([{ kind: 'closed', port: 5680 }], 21, place),
    /No debugpy answers at worker1:5680\./,
  );
  assert.throws(() => fittingPorts([{ kind: 'stranger', port: 5680 }], null, place), /not debugpy/);
  assert.deepEqual(
    [portsToProbe(target), portsToProbe({ childPids: null }), portsToProbe({ childPids: [] })],
    [2, 1, 1],
  );
});

test('the session is named after the task and the way to it', () => {
  const order = { clusterId: 'c1', target, task, pathMappings: {} };
  const listening = attachRequest({ ...order, way: { kind: 'listening', place: { host: 'h', port: 5681 } } });
  assert.deepEqual(listening, {
    type: 'celery',
    request: 'attach',
    name: 'orders.charge 3f2a9c1e · h:5681',
    connect: { host: 'h', port: 5681 },
    celeryTarget: { clusterId: 'c1', hostname: 'api@shop', taskId: '3f2a9c1e-0000' },
  });
  const way = { kind: 'inject', pid: 21, python: '/venv/bin/python' } as const;
  const injected = attachRequest({ ...order, task: null, way, pathMappings: { '/app': '/here' } });
  assert.equal(injected.name, 'api@shop · pid 21');
  assert.deepEqual([injected['processId'], injected['pathMappings']], [21, { '/app': '/here' }]);
});

test('a session that attached cannot end the process', () => {
  const greeting = { type: 'response', command: 'initialize', body: { supportTerminateDebuggee: true, other: true } };
  withoutPower(greeting);
  assert.deepEqual(greeting.body, { supportTerminateDebuggee: false, other: true });
  const leaving = { type: 'request', command: 'disconnect', arguments: { terminateDebuggee: true, restart: false } };
  withoutEnd(leaving);
  assert.deepEqual(leaving.arguments, { terminateDebuggee: false, restart: false });
  const other = { type: 'request', command: 'next', arguments: { threadId: 1 } };
  withoutEnd(other);
  assert.deepEqual(other.arguments, { threadId: 1 });
});
