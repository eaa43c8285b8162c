import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunningTarget } from '../../../../server/api/debugging.ts';
import type { Worker } from '../../../../server/api/model.ts';
import { rdbWords } from '../../../../server/api/rdbReader.ts';
import { isCelery } from '../../../../server/debugging/waiting/owners.ts';
import { taskOf } from '../../../../server/debugging/waiting/taskOf.ts';
import { workerOf } from '../../../../server/debugging/waiting/watcher.ts';

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
const aWorker = (hostname: string, pid: number | null, status: Worker['status'] = 'online') => ({
  hostname,
  pid,
  status,
});

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
  assert.equal(workerOf(session, [...others, aWorker('one@host', 10)]), 'one@host');
  assert.equal(workerOf(session, [...others, aWorker('solo@host', 20)]), 'solo@host');
  assert.equal(workerOf(session, [...others, aWorker('gone@host', 10, 'offline')]), null);
  assert.equal(workerOf({ ...session, process: { pid: 20, parentPid: 1 } }, others), null);
});

test('the task is the one that runs in the process, or the only one of a worker that cannot answer', () => {
  assert.equal(taskOf(session, running(aTask('x', 21), aTask('y', 20)))?.id, 'y');
  assert.equal(taskOf(session, running(aTask('x', 21))), null);
  assert.equal(taskOf(session, running(aTask('solo', null)))?.id, 'solo');
  assert.equal(taskOf(session, running(aTask('x', null), aTask('y', null))), null);
});

test('a process is a worker by its name, or by its pid where it runs Python', () => {
  const known = new Set([10, 1]);
  const is = (pid: number, parentPid: number, command: string) => isCelery({ pid, parentPid, command }, known);
  assert.equal(is(20, 5, 'python -m celery -A shop worker'), true);
  assert.equal(is(10, 5, 'python -m shop.tied worker'), true);
  assert.equal(is(20, 10, 'python3.11 manage.py worker'), true);
  assert.equal(is(10, 5, 'postgres: checkpointer'), false, 'a worker of another machine has this pid');
  assert.equal(is(20, 1, 'python -m http.server 6900'), false, 'everything descends from process 1');
});
