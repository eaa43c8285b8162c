import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { Clusters } from '../../server/cluster/clusters.ts';
import { DapClient } from '../../server/debugging/dapClient.ts';
import { debuggingArea } from '../../server/faces/lsp/debugging.ts';
import type { Broker } from '../lab/broker.ts';
import { freePort } from '../lab/freePort.ts';
import { type LabWorker, until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';

const file = join(import.meta.dirname, '../lab/python/lab_app.py');
const source = readFileSync(file, 'utf8').split('\n');
const line = source.findIndex((each) => each.includes('if time.monotonic() > deadline')) + 1;

/** The engine, once it has heard of these workers. */
const engineFor = async (broker: Broker, workers: readonly LabWorker[], t: TestContext) => {
  const clusters = new Clusters({ epoch: 'test', log: () => undefined, historyWorkerFile: '' });
  t.after(() => clusters.stopAll());
  await clusters.start(connectionTo(broker), null);
  const { state } = clusters.get('lab');
  await until('the workers are known', () => workers.every(({ hostname }) => state.workers.get(hostname)?.pid), 30_000);
  const starts = (id: string) => until('the task runs', () => state.tasks.find(id)?.startedAt, 30_000);
  return { starts, ...debuggingArea(clusters).handlers };
};

const succeeds = (worker: LabWorker, path: string) =>
  until('the task succeeds', () => new RegExp(`succeeded in .*: '${path}'`).test(worker.output()), 30_000);

describe('the process to debug', () => {
  labTest(
    'is found by its task, entered by its id, and outlives the debugger, even one that is killed',
    async (lab, t) => {
      const broker = await lab.redis();
      const args = ['--time-limit=300', '--soft-time-limit=200'];
      const worker = await lab.worker({ broker, concurrency: 2, queues: ['default'], args });
      const { debugTarget, processReach, starts } = await engineFor(broker, [worker], t);
      const path = join(lab.folder, 'done');
      const [taskId = ''] = await lab.send({ broker, task: 'lab.until_file', args: [path, 600], queue: 'default' });
      await starts(taskId);

      const target = await debugTarget({ clusterId: 'lab', hostname: null, taskId });
      assert.deepEqual(
        [target.hostname, target.mainPid, target.pool, target.problem],
        [worker.hostname, worker.pid, 'prefork', null],
      );
      assert.equal(target.place, process.platform === 'win32' ? 'unknown' : 'here');
      assert.equal(target.childPids?.length, 2);
      const pid = target.task?.pid ?? 0;
      assert.ok(target.childPids?.includes(pid));
      assert.deepEqual([target.task?.hardLimitSeconds, target.task?.softLimitSeconds], [300, 200]);
      assert.deepEqual(target.listeners, []);

      const { pythons, obstacle } = await processReach({ pid });
      if (obstacle !== null) return t.skip(`no debugger can be brought into a process here: ${obstacle}`);
      await stopAndKill(pythons[0] ?? '', pid);
      writeFileSync(path, '');
      await succeeds(worker, path);
      assert.doesNotMatch(worker.output(), /WorkerLost|exited prematurely|Traceback/);
      const after = await debugTarget({ clusterId: 'lab', hostname: worker.hostname, taskId: null });
      assert.deepEqual([after.childPids, after.running, after.task], [target.childPids, [], null]);
    },
  );

  labTest('of a solo worker that is too busy to answer is its only one', async (lab, t) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, pool: 'solo', queues: ['default'] });
    const { debugTarget } = await engineFor(broker, [worker], t);
    const path = join(lab.folder, 'done');
    await lab.send({ broker, task: 'lab.until_file', args: [path, 600], queue: 'default' });
    // Its events wait as well, until the task has ended.
    await until('the task runs', () => /until_file\[.*received/.test(worker.output()), 30_000);
    const target = await debugTarget({ clusterId: 'lab', hostname: worker.hostname, taskId: null });
    assert.deepEqual([target.mainPid, target.childPids], [worker.pid, null]);
    assert.equal(target.place, process.platform === 'win32' ? 'unknown' : 'here');
    assert.match(target.problem ?? '', /\w/);
    writeFileSync(path, '');
    await succeeds(worker, path);
  });
});

/** Stops the process in its task, as an editor does, and kills the adapter while it stands there. */
const stopAndKill = async (python: string, pid: number): Promise<void> => {
  const port = await freePort();
  const adapter = spawn(python, ['-m', 'debugpy.adapter', '--host', '127.0.0.1', '--port', String(port)]);
  try {
    const client = await until('the adapter listens', () => DapClient.open('127.0.0.1', port, 1_000), 30_000);
    const hears = async (what: string, wanted: Parameters<DapClient['next']>[0]): Promise<void> =>
      assert.ok(await client.next(wanted, 60_000), `the adapter never said "${what}"`);
    client.send('initialize', { adapterID: 'celery', pathFormat: 'path' });
    client.send('attach', { processId: pid, justMyCode: false, subProcess: false });
    await hears('initialized', ({ event }) => event === 'initialized');
    client.send('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
    client.send('configurationDone', {});
    await hears('stopped', ({ event }) => event === 'stopped');
  } finally {
    adapter.kill('SIGKILL');
  }
};
