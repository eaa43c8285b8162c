import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readActive, readLimits, readSettings, readStats } from '../../../server/health/workerSurvey.ts';

const stats = {
  total: { 'lab.echo': 3, 'lab.sleep': 5 },
  pid: 4711,
  clock: '12',
  uptime: 65,
  pool: {
    implementation: 'celery.concurrency.prefork:TaskPool',
    'max-concurrency': 4,
    timeouts: [0, 300],
    processes: [1, 2, 3, 4],
  },
  broker: {},
  prefetch_count: 16,
  rusage: { utime: 1.5, stime: 0.25, maxrss: 65_536 },
};

test('stats tell the process, its pool and what it used; memory is in kilobytes but on macOS', () => {
  assert.deepEqual(readStats(stats, 'Linux'), {
    pid: 4711,
    uptimeSeconds: 65,
    pool: 'prefork',
    concurrency: 4,
    prefetchCount: 16,
    begun: 8,
    timeLimitSeconds: 300,
    softTimeLimitSeconds: null,
    peakMemoryBytes: 65_536 * 1_024,
    cpuSeconds: 1.75,
  });
  assert.equal(readStats(stats, 'Darwin')?.peakMemoryBytes, 65_536);
});

test('where there is no getrusage, as on Windows, nothing is known of memory and CPU', () => {
  const { peakMemoryBytes, cpuSeconds, pid } = readStats({ ...stats, rusage: 'N/A' }, 'Windows') ?? {};
  assert.deepEqual([peakMemoryBytes, cpuSeconds, pid], [null, null, 4711]);
});

test('settings: limits, late acknowledgement, result backend, what is not set', () => {
  const read = readSettings({
    worker_max_memory_per_child: 200_000,
    result_backend: 'redis://localhost/1',
    task_time_limit: 300,
    task_acks_late: true,
    task_always_eager: false,
    worker_send_task_events: true,
    broker_transport_options: { visibility_timeout: 600 },
  });
  assert.deepEqual(read, {
    maxMemoryPerChildBytes: 200_000 * 1_024,
    hasResultBackend: true,
    timeLimitSeconds: 300,
    softTimeLimitSeconds: null,
    acksLate: true,
    requeuesTimeouts: false,
    isEager: false,
    sendsTaskEvents: true,
    visibilityTimeoutSeconds: 600,
  });
  const requeues = (settings: object): boolean | undefined => readSettings(settings)?.requeuesTimeouts;
  assert.equal(requeues({ task_acks_on_failure_or_timeout: false }), true);
  assert.equal(requeues({ task_acks_on_failure_or_timeout: false, task_acks_on_timeout: null }), true);
  assert.equal(requeues({ task_acks_on_failure_or_timeout: false, task_acks_on_timeout: true }), false);
  assert.equal(requeues({ task_acks_on_failure_or_timeout: true, task_acks_on_timeout: false }), true);
  for (const backend of [null, undefined, '', 'disabled://'])
    assert.equal(readSettings({ result_backend: backend })?.hasResultBackend, false);
});

test('registered tasks tell their limits', () => {
  const limits = readLimits([
    'lab.echo',
    'lab.sleep [time_limit=30 soft_time_limit=20.5 acks_late=True]',
    'x [acks_late=False]',
    7,
  ]);
  assert.deepEqual(limits.get('lab.echo'), { timeLimitSeconds: null, softTimeLimitSeconds: null, acksLate: null });
  assert.deepEqual(limits.get('lab.sleep'), { timeLimitSeconds: 30, softTimeLimitSeconds: 20.5, acksLate: true });
  assert.equal(limits.get('x')?.acksLate, false);
});

test('active tasks tell since when they run, in seconds', () => {
  assert.deepEqual(readActive([{ id: 'a', name: 'lab.sleep', time_start: 12.5 }, { id: 'b' }, { name: 'c' }, null]), [
    { id: 'a', name: 'lab.sleep', startedAt: 12_500 },
    { id: 'b', name: null, startedAt: null },
  ]);
});

test('rubbish is nothing', () => {
  for (const value of [null, 'no', 7, [], { error: 'x' }]) {
    assert.doesNotThrow(() => [readStats(value, null), readSettings(value), readLimits(value), readActive(value)]);
  }
});
