import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LocalProcess, readProcess, readPs } from '../../../server/debugging/localProcess.ts';
import { type Seeker, workerPlace } from '../../../server/debugging/workerPlace.ts';

const worker = { hostname: 'api@shop', mainPid: 40, uptimeSeconds: 100 };
const celery: LocalProcess = {
  pid: 40,
  parentPid: 1,
  ownPid: 40,
  ageSeconds: 103,
  command: 'python -m celery -A shop worker',
};

const machine = (...processes: readonly LocalProcess[]): Seeker => ({
  canSee: true,
  ownHostname: 'shop',
  readProcess: async (pid) => processes.find((each) => each.pid === pid) ?? null,
  processesInside: async (ownPid) => processes.filter((each) => each.ownPid === ownPid && each.pid !== ownPid),
});

test('a worker is here when its process looks like one and is as old as it says', async () => {
  assert.equal(await workerPlace(worker, machine(celery)), 'here');
  assert.equal(await workerPlace({ ...worker, uptimeSeconds: null }, machine(celery)), 'here');
});

test('a stranger with the same process id is not the worker', async () => {
  assert.equal(await workerPlace(worker, machine({ ...celery, command: 'nginx: master' })), 'elsewhere');
  assert.equal(await workerPlace(worker, machine({ ...celery, ageSeconds: 90_000 })), 'elsewhere');
  assert.equal(await workerPlace(worker, machine({ ...celery, ageSeconds: 20 })), 'elsewhere');
  assert.equal(await workerPlace(worker, machine()), 'elsewhere');
});

test('a worker in a container of this machine has another process id here', async () => {
  const inside = { ...celery, pid: 9_040 };
  assert.equal(await workerPlace(worker, machine(inside)), 'container');
  assert.equal(await workerPlace(worker, machine({ ...celery, command: 'sshd' }, inside)), 'container');
});

test('where the system tells of no processes, the name of the host is all there is', async () => {
  const blind = { ...machine(celery), canSee: false };
  assert.equal(await workerPlace(worker, blind), 'here');
  assert.equal(await workerPlace({ ...worker, hostname: 'api@lab' }, blind), 'unknown');
  assert.equal(await workerPlace({ ...worker, mainPid: null }, machine(celery)), 'unknown');
});

test('reads what ps says of a process', () => {
  const read = readPs('  812     1 02-03:04:05 python -m celery -A shop worker\n');
  assert.deepEqual(read, {
    pid: 812,
    parentPid: 1,
    ownPid: 812,
    ageSeconds: 183_845,
    command: 'python -m celery -A shop worker',
  });
  assert.equal(readPs(' 812 1 04:05 x')?.ageSeconds, 245);
  assert.equal(readPs(''), null);
});

test('reads this very process', { skip: process.platform === 'win32' }, async () => {
  const own = await readProcess(process.pid);
  assert.equal(own?.parentPid, process.ppid);
  assert.match(own?.command ?? '', /node/);
  assert.ok(Math.abs((own?.ageSeconds ?? 0) - process.uptime()) < 5);
});
