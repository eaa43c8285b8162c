import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../server/debugging/processFacts.ts';
import { whyNotTheWorker } from '../../../server/debugging/workerIdentity.ts';

const process = (command: string, ownPid = 812) => ({ pid: 812, parentPid: 1, ownPid, ageSeconds: 60, command });
const judge = (command: string, hostname = 'celery@web1.shop.example', machine = 'web1.shop.example') =>
  whyNotTheWorker(process(command), { hostname, pid: 812 }, machine);

test('knows a worker by the name that its command line gives it', () => {
  assert.equal(judge('/app/bin/python -m celery -A shop worker -l INFO'), null);
  assert.equal(judge('celery -A shop worker -n mail', 'celery@mail'), null);
  assert.equal(judge('celery -A shop worker -n mail@%h', 'mail@web1.shop.example'), null);
  assert.equal(judge('celery -A shop worker --hostname=mail@%n', 'mail@web1'), null);
  assert.equal(judge('celery -A shop worker -nmail@%d', 'mail@shop.example'), null);
  assert.equal(judge('[celeryd: mail@web1:MainProcess] -active- (worker -A shop)', 'mail@web1'), null);
});

test('takes nobody else for it, whatever the number of the process', () => {
  assert.match(judge('celery -A other worker -n mail@%h') ?? '', /that process is the worker mail@web1\.shop\.example/);
  assert.match(judge('celery -A shop worker', 'celery@web1.shop.example', 'laptop') ?? '', /the worker celery@laptop/);
  assert.match(judge('nginx: worker process') ?? '', /that process is not a worker/);
  assert.match(judge('/app/bin/python -m rq worker high') ?? '', /that process is not a worker/);
  assert.match(judge('postgres: autovacuum launcher') ?? '', /that process is not a worker/);
  assert.match(judge('celery -A shop beat') ?? '', /that process is not a worker/);
  assert.match(judge('[celeryd: mail@web1:ForkPoolWorker-1]', 'mail@web1') ?? '', /not a worker/);
  const inside = whyNotTheWorker(process('celery worker -n a@b', 7), { hostname: 'a@b', pid: 812 }, 'b');
  assert.match(inside ?? '', /inside a container/);
  assert.match(
    whyNotTheWorker(null, { hostname: 'a@b', pid: 812 }, 'b') ?? '',
    /no process with that number is visible/,
  );
});

test('tells where a process writes', () => {
  assert.deepEqual(outputOf('/var/log/celery/w1.log'), { kind: 'file', path: '/var/log/celery/w1.log' });
  assert.deepEqual(outputOf('/dev/pts/3'), { kind: 'terminal', path: '/dev/pts/3' });
  assert.deepEqual(outputOf('pipe:[4711]'), { kind: 'pipe' });
  assert.deepEqual(outputOf('socket:[4711]'), { kind: 'pipe' });
  assert.deepEqual(outputOf('/dev/null'), { kind: 'nowhere' });
  assert.deepEqual(outputOf('/var/log/old.log (deleted)'), { kind: 'unknown' });
  assert.deepEqual(outputOf(null), { kind: 'unknown' });
});
