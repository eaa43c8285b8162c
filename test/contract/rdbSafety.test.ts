import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { deadlinesOf } from '../../extension/debug/safety/deadlines.ts';
import { readReportedTask, withReportedLimits } from '../../extension/debug/safety/reportedTask.ts';
import { Clusters } from '../../server/cluster/clusters.ts';
import { taskOf } from '../../server/debugging/waiting/taskOf.ts';
import { debuggingArea } from '../../server/faces/lsp/debugging.ts';
import { freePort } from '../lab/freePort.ts';
import { until } from '../lab/until.ts';
import { connectionTo } from './connectionTo.ts';
import { DapClient } from './dapClient.ts';
import { labTest } from './labTest.ts';

const limitSeconds = 15;
/** The pool looks at its limits about once a second, and this machine may be busy. */
const toleranceMs = 5_000;

describe('how long a task under the debugger still has', () => {
  labTest('is what its worker then keeps to; its message may bring a limit of its own', async (lab, t) => {
    const broker = await lab.redis();
    const env = { CELERY_RDB_PORT: String(await freePort()) };
    const args = [`--time-limit=${limitSeconds}`];
    const worker = await lab.worker({ broker, env, args, queues: ['default'] });
    const clusters = new Clusters({ epoch: 'test', log: () => undefined, historyWorkerFile: '' });
    t.after(() => clusters.stopAll());
    await clusters.start(connectionTo(broker), null);
    await until(
      'the engine knows the worker',
      () => clusters.get('lab').state.workers.get(worker.hostname)?.pid,
      30_000,
    );
    const { debugTarget } = debuggingArea(clusters).handlers;
    const waiting = async (options = {}) => {
      await lab.send({ broker, task: 'lab.rdb', queue: 'default', options });
      const session = await until('it waits', async () => (await clusters.get('lab').waiting.look())[0], 30_000);
      const target = await debugTarget({ clusterId: 'lab', hostname: worker.hostname, taskId: null });
      const task = taskOf(session, target);
      assert.ok(task);
      const client = new DapClient({ exists: () => true, locate: async () => null });
      await client.attach(session.place.port);
      await client.stop();
      const told = readReportedTask(client.events.find(({ event }) => event === 'celeryTask')?.body);
      assert.equal(told?.id, task.id);
      const ends = (known: typeof task) => deadlinesOf({ task: known, target, driftMs: 0 });
      return { client, told, before: ends(task), after: ends(withReportedLimits(task, told)) };
    };

    const own = await waiting({ time_limit: 600, soft_time_limit: 500 });
    assert.deepEqual(
      own.before.map(({ kind, limitSeconds: limit }) => [kind, limit]),
      [['killed', limitSeconds]],
    );
    assert.deepEqual(
      own.after.map(({ kind, limitSeconds: limit }) => [kind, limit]),
      [
        ['interrupted', 500],
        ['killed', 600],
      ],
    );
    await own.client.request('continue', { threadId: 1 });
    await own.client.ended();
    await until('the task succeeds', () => /lab\.rdb\[.*succeeded/.test(worker.output()));

    const { client, after } = await waiting();
    await client.ended();
    const [deadline] = after;
    assert.equal(deadline?.limitSeconds, limitSeconds);
    assert.ok(Math.abs(Date.now() - (deadline?.at ?? 0)) < toleranceMs, `${Date.now() - (deadline?.at ?? 0)} ms off`);
    await until('the worker says so', () => /Hard time limit \(15(\.0)?s\) exceeded/.test(worker.output()));
  });
});
