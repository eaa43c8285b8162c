import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { quickly, watchHealth } from './watchHealth.ts';

describe('the health of real workers', { concurrency: 2 }, () => {
  labTest(
    'all workers killed: no worker, a silent one, its tasks, its mailbox; over when it is back',
    async (lab, t) => {
      const broker = await lab.redis();
      // A solo worker tells nothing while it runs a task.
      const worker = await lab.worker({ broker, name: 'one', concurrency: 1 });
      const rules = {
        noWorkers: { criticalAfterSeconds: 2 },
        workerSilent: { warning: 3, critical: 6 },
        orphanedTasks: { warningAfterSeconds: 0 },
        staleMailboxes: { infoAfterSeconds: 0 },
      };
      const { cluster, raised, ended, snapshot, history, alert } = await watchHealth(
        t,
        quickly(broker, rules),
        join(lab.folder, 'h'),
      );
      await until('the worker is well', () => snapshot().verdict.level === 'healthy', 30_000);
      await lab.send({ broker, task: 'lab.sleep', args: [600] });
      await until('it is busy', () => cluster.state.tasks.running(10).length === 1);
      await worker.kill();
      const none = await raised('noWorkers', 'critical');
      assert.equal(none.sentence, 'No workers are online.');
      const silent = await raised('workerSilent', 'critical');
      assert.match(silent.sentence, /^one@lab has sent no heartbeat for .* \(threshold 6 s\)\.$/);
      assert.match(
        (await raised('orphanedTasks', 'warning')).sentence,
        /^1 task was running on one@lab when it went offline\.$/,
      );
      assert.equal(snapshot().verdict.level, 'unhealthy');
      await cluster.health.survey(cluster.operations);
      assert.match((await raised('staleMailboxes', 'info')).sentence, /1 mailbox of a worker that is gone: one@lab/);
      await worker.start();
      for (const rule of ['noWorkers', 'workerSilent']) await ended(rule);
      await raised('workerRestarted', 'info');
      // The task that was running is lost all the same.
      assert.equal(alert('orphanedTasks')?.severity, 'warning');
      const over = await until('the history knows how long it lasted', async () => {
        const entries = await history.alerts({});
        const ended = entries.filter(({ resolvedAt }) => resolvedAt !== null).map(({ rule }) => rule);
        return ended.includes('noWorkers') && ended.includes('workerSilent') ? ended : null;
      });
      assert.ok(!over.includes('orphanedTasks'), over.join());
    },
  );

  labTest('failing tasks, a time limit that comes near, a child too large, events off', async (lab, t) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, name: 'one', concurrency: 1, args: ['--time-limit=25'] });
    const large = { name: 'large', queues: ['large'], args: ['--', 'worker_max_memory_per_child=30000'] };
    await lab.worker({ broker, pool: 'solo', ...large });
    const quiet = await lab.worker({ broker, name: 'quiet', pool: 'solo', events: false, queues: ['quiet'] });
    const rules = { eventsOff: { warningAfterSeconds: 0 }, taskNearLimit: { warning: 0.2 } };
    const { raised, cluster } = await watchHealth(t, quickly(broker, rules), join(lab.folder, 'h'));
    await until('all are known', () => cluster.state.workers.size === 3);
    // What a worker begins before its first whole heartbeat is not counted; when it is greeted it sends a short one.
    await until('the quiet one has counted', () => cluster.state.workers.get(quiet.hostname)?.processed === 0);
    assert.match(
      (await raised('workerMemory', 'warning')).sentence,
      /^Peak memory of large@lab: [\d.]+ MiB, .* \(29\.3 MiB\)/,
    );
    await lab.send({ broker, task: 'lab.fail', count: 25 });
    await lab.send({ broker, task: 'lab.echo', args: [1], queue: 'quiet', count: 3 });
    assert.equal((await raised('failureRate', 'warning')).subject.name, 'lab.fail');
    assert.equal((await raised('eventsOff', 'warning')).subject.name, quiet.hostname);
    await lab.send({ broker, task: 'lab.sleep', args: [20] });
    const near = await raised('taskNearLimit', 'warning');
    assert.match(near.sentence, /^lab\.sleep \(.*…\) on one@lab has been running for .* of its time limit of 25 s/);
    assert.equal(worker.isRunning, true);
  });
});
