import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { Clusters } from '../../server/cluster/clusters.ts';
import { threadsArea } from '../../server/faces/lsp/threads.ts';
import { type Lab, type LabWorker, until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';

const clusterId = 'lab';

describe('the threads of a worker on this machine', { concurrency: 2 }, () => {
  for (const celery of ['5.2', '5.7'] as const)
    labTest(`a solo worker of Celery ${celery} in a task: where it is, with what, and it goes on`, async (lab, t) => {
      const { ask, worker, isRunning, finish } = await running(lab, t, { celery, pool: 'solo' });
      await isRunning();
      const { dump } = await ask(worker);
      const [found] = dump.processes;
      assert.equal(found?.pid, worker.pid);
      const main = found.threads.find(({ task }) => task !== null);
      assert.equal(main?.name, 'MainThread');
      // Through Redis a solo worker sends the events of a task only when it has ended: the name is that of the function.
      assert.match(main.task?.name ?? '', /^(lab\.)?until_file$/);
      const frame = main?.frames.at(-1);
      assert.equal(frame?.function, 'until_file');
      assert.match(frame?.file ?? '', /lab_app\.py$/);
      assert.match(frame?.code ?? '', /time\.sleep|os\.path\.exists/);
      assert.equal(main?.locals, '');
      await finish();
    });

  labTest('a prefork worker: its main process is asked, its children are left alone', async (lab, t) => {
    const { ask, target: look, worker, isRunning, finish } = await running(lab, t, { pool: 'prefork', concurrency: 2 });
    const id = await isRunning();
    await until('the worker tells of it', async () => (await look(worker)).running.length === 1, 30_000);
    const { target, dump } = await ask(worker);
    assert.deepEqual([target.problem, target.pool, target.output.kind], [null, 'prefork', 'file']);
    assert.equal(target.running[0]?.id, id);
    assert.ok(target.children.includes(target.running[0]?.pid ?? 0));
    assert.deepEqual(
      dump.processes.map(({ pid, threads }) => [pid, threads.some(({ name }) => name === 'MainThread')]),
      [[worker.pid, true]],
    );
    await finish();
  });
});

const running = async (lab: Lab, t: TestContext, options: Omit<Parameters<Lab['worker']>[0], 'broker'>) => {
  const broker = await lab.redis();
  const worker = await lab.worker({ broker, name: 'dumped', ...options });
  const clusters = new Clusters({ epoch: 'test', log: () => undefined, historyWorkerFile: '' });
  t.after(() => clusters.stopAll());
  const cluster = await clusters.start(connectionTo(broker), null);
  const { handlers } = threadsArea(clusters);
  const done = join(lab.folder, 'done');
  await until('its process is known', () => cluster.state.workers.get(worker.hostname)?.pid === worker.pid, 30_000);
  return {
    worker,
    isRunning: async () => {
      await lab.send({ broker, task: 'lab.until_file', args: [done] });
      const id = () => /lab\.until_file\[([\w-]+)\] received/.exec(worker.output())?.[1];
      await until('the task has come', () => id() !== undefined, 30_000);
      return id();
    },
    target: ({ hostname }: LabWorker) => handlers.dumpTarget({ clusterId, hostname, logFiles: [] }),
    ask: async ({ hostname }: LabWorker) => ({
      target: await handlers.dumpTarget({ clusterId, hostname, logFiles: [] }),
      dump: await handlers.dumpThreads({ clusterId, hostname, logFiles: [] }),
    }),
    finish: async () => {
      writeFileSync(done, '');
      const succeeded = () => cluster.state.tasks.page({ states: ['SUCCESS'] }).tasks.length === 1;
      await until('the task succeeds', succeeded, 30_000);
    },
  };
};
