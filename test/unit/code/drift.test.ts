import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveFacts, WorkerFacts } from '../../../server/api/codePages.ts';
import { inWords } from '../../../server/api/phrase.ts';
import { driftOf } from '../../../server/code/drift.ts';
import { indexOf } from './indexOf.ts';

const code = `from celery import Celery
app = Celery("p")
app.conf.timezone = "Europe/Berlin"
@app.task(queue="mail", time_limit=300)
def send(): pass
@app.task
def charge(): pass
`;

const worker = (given: Partial<WorkerFacts> = {}): WorkerFacts => ({
  hostname: 'w@1',
  tasks: ['celery.ping', 'p.send', 'p.charge'],
  settings: { timezone: 'Europe/Berlin' },
  queues: ['mail', 'celery'],
  ...given,
});

const drift = (workers: readonly WorkerFacts[], given: Partial<LiveFacts> = {}, files = { 'p.py': code }) =>
  driftOf(indexOf(files), { workers, isComplete: true, p95Seconds: {}, ...given }).map(
    ({ kind, what, at }) => `${kind}${at ? ` ${at.file}` : ''}: ${inWords(what)}`,
  );

test('workers that run the very code differ in nothing', () => {
  assert.deepEqual(drift([worker(), worker({ hostname: 'w@2' })]), []);
});

test('a task that no worker has registered is reported where workers have others of its file', () => {
  const older = worker({ tasks: ['p.send'] });
  assert.deepEqual(drift([older]), [
    'task-not-registered p.py: No online worker has p.charge registered, but workers have other tasks of its module.',
  ]);
  assert.deepEqual(drift([older], { isComplete: false }), [], 'a worker did not answer');
  assert.deepEqual(drift([older, worker({ hostname: 'w@2' })]), []);
  const other = { 'p.py': code, 'q.py': 'from p import app\n@app.task\ndef more(): pass\n' };
  assert.deepEqual(drift([worker()], {}, other), [], 'no worker imports that module');
});

test('a registered task is reported as gone only where its name is gone from a file that is read whole', () => {
  const newer = worker({ tasks: ['p.send', 'p.charge', 'p.refund', 'lib.task'] });
  assert.deepEqual(drift([newer]), [
    'task-not-in-code p.py: w@1 has p.refund registered, but its module no longer defines it.',
  ]);
  assert.deepEqual(drift([newer], {}, { 'p.py': `${code}make("refund")\n` }), []);
});

test('workers of other code are not compared', () => {
  const foreign = worker({ tasks: ['p.send', 'x.a', 'x.b', 'x.c'], settings: {}, queues: [] });
  assert.deepEqual(drift([foreign]), []);
});

test('settings that have to be alike are compared, between workers and with the code', () => {
  const other = worker({ hostname: 'w@2', settings: { timezone: 'UTC' } });
  assert.deepEqual(drift([worker(), other]), [
    'settings-differ: timezone is "Europe/Berlin" on w@1 and "UTC" on w@2.',
    'setting-not-deployed p.py: timezone is "Europe/Berlin" in the code and "UTC" on w@2.',
  ]);
  assert.deepEqual(drift([worker({ settings: null })]), []);
  const decided = code.replace('app.conf.timezone', 'if debug:\n    app.conf.timezone');
  assert.deepEqual(drift([worker({ settings: {} })], {}, { 'p.py': decided }), []);
});

test('a queue that no worker consumes and a runtime near its limit are reported at their options', () => {
  assert.deepEqual(drift([worker({ queues: ['celery'] })]), [
    'queue-not-consumed p.py: No worker consumes the queue mail, to which p.send is sent.',
  ]);
  assert.deepEqual(drift([worker({ queues: ['celery'] }), worker({ hostname: 'x', tasks: [], queues: ['mail'] })]), []);
  assert.deepEqual(drift([worker()], { p95Seconds: { 'p.send': 290 } }), [
    'runtime-near-limit p.py: The p95 runtime of p.send is 4 m 50 s; its time limit is 5 m.',
  ]);
  assert.deepEqual(drift([worker()], { p95Seconds: { 'p.send': 200 } }), []);
});
