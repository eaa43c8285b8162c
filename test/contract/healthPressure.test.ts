import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { quickly, watchHealth } from './watchHealth.ts';

const now = { warningAfterSeconds: 0 };

describe('the health of a real cluster', () => {
  labTest('each rule speaks up when what it watches for comes true, and about whom it is', async (lab, t) => {
    const broker = await lab.redis();
    const heavy = ['task_acks_late=1', 'task_always_eager=1', 'worker_max_memory_per_child=99999999999'];
    const [, , odd] = await Promise.all([
      lab.worker({ broker, name: 'busy', concurrency: 1, queues: ['busy'] }),
      // It beats, and throws away every command, for they are JSON.
      lab.worker({ broker, name: 'deaf', pool: 'solo', queues: ['deaf'], env: { LAB_ACCEPT: 'yaml' } }),
      lab.worker({
        broker,
        name: `odd@${hostname()}`,
        pool: 'solo',
        queues: ['odd'],
        resultBackend: 'disabled://',
        env: { LAB_CLOCK_SHIFT: '40' },
        args: ['--', ...heavy],
      }),
    ]);
    const rules = {
      workerDeaf: { warning: 0 },
      clockDrift: now,
      queueWait: { warning: 0.5 },
      slowTasks: { ...now, warning: 0.3 },
    };
    // The engine's own clock: some rules look back further than a test may last.
    let aheadMs = 0;
    const clock = () => Date.now() + aheadMs;
    const watched = await watchHealth(t, quickly(broker, rules), join(lab.folder, 'h'), clock);
    const { cluster, raised, snapshot } = watched;
    await until('all are known', () => cluster.state.workers.size === 3);
    const says = async (rule: string, severity: 'info' | 'warning', subject: string, sentence: RegExp) => {
      const alert = await raised(rule, severity);
      assert.deepEqual([rule, alert.subject.name], [rule, subject]);
      assert.match(alert.sentence, sentence);
    };

    await says('clockDrift', 'warning', odd.hostname, /is (39|40) s fast/);
    await cluster.health.survey(cluster.operations);
    await says('workerDeaf', 'warning', 'deaf@lab', /^deaf@lab /);
    await says('noResultBackend', 'info', '', /^1 worker, odd@.*, has no result backend/);
    await says('alwaysEager', 'info', '', /^task_always_eager is set on odd@/);
    await says('memoryOvercommit', 'info', odd.hostname, /1 process.* but its host has /);
    assert.match((await raised('lateAcksUnlimited', 'info')).sentence, /is acknowledged late and has no time limit/);

    const send = (task: string, args: readonly unknown[], count = 1, options = {}) =>
      lab.send({ broker, task, args, queue: 'busy', count, options });
    const ended = (name: string) =>
      cluster.state
        .typeStats(clock())
        .find((each) => each.name === name)
        ?.windows.at(-1)?.runtime.count ?? 0;
    await send('lab.sleep', [0], 20);
    await until('these are what is usual', () => ended('lab.sleep') >= 20, 30_000);
    aheadMs += 2 * 3_600_000;
    await send('lab.sleep', [600], 1, { time_limit: 1 });
    await send('lab.sleep', [0.4], 6);
    await send('lab.sleep', [0], 20);
    await send('lab.retry', [2], 8);
    await says('timeoutRate', 'warning', 'lab.sleep', /^Time-out rate of lab\.sleep: /);
    await says('retryRate', 'warning', 'lab.retry', /^Retry rate of lab\.retry: /);
    await says('queueWait', 'warning', 'busy', /^Queue wait in busy: p95 /);
    await says('slowTasks', 'warning', 'lab.sleep', /^Runtime of lab\.sleep: p95 /);
    await says('slowerThanUsual', 'warning', 'lab.sleep', /^Mean runtime of lab\.sleep: .*, usually /);
    assert.equal(snapshot().verdict.level, 'degraded');
  });
});
