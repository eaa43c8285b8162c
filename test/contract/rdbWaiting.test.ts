import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { applyChanges } from '../../server/api/change.ts';
import { searchedPorts as searchPorts } from '../../server/api/rdbPlace.ts';
import type { RdbWords } from '../../server/api/rdbReader.ts';
import { Clusters } from '../../server/cluster/clusters.ts';
import { logFilesOf } from '../../server/debugging/waiting/logFiles.ts';
import { LogFollower } from '../../server/debugging/waiting/logFollower.ts';
import { WaitingWatch } from '../../server/debugging/waiting/waitingWatch.ts';
import { freePort } from '../lab/freePort.ts';
import type { Lab, LabWorker } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { connectionTo } from './connectionTo.ts';
import { DapClient } from './dapClient.ts';
import { labTest } from './labTest.ts';

const seeker = { exists: () => true, locate: async () => null };

/** Whoever knocks takes the one visit that rdb allows: it has to be found by looking alone. */
describe('finding the tasks that wait in rdb', () => {
  labTest(
    'by the processes of a worker: on another address too; a search gets there; and not any more once somebody came',
    async (lab) => {
      const { worker, send, pid, base } = await waitingWorker(lab, 'prefork', '127.0.0.2');
      const watch = watchOf([pid]);
      assert.deepEqual(await watch.look(), []);
      await send();
      const session = await until('the task is found', async () => (await watch.look())[0], 30_000);
      assert.equal(session.place.host, '127.0.0.2');
      assert.equal(session.process?.parentPid, pid);
      assert.deepEqual(await watchOf([]).look(), [], 'without the worker, nobody says on which ports');

      const client = new DapClient(seeker);
      await client.attach(base, {}, { host: '127.0.0.2', searchPorts });
      await client.stop();
      assert.deepEqual(await watch.look(), []);
      await client.request('continue', { threadId: 1 });
      await client.ended();
      await until('the task succeeds', () => /lab\.rdb\[.*succeeded/.test(worker.output()));
    },
  );

  labTest('by the main process of a worker without children, and by what it writes into its log', async (lab) => {
    const { send, pid } = await waitingWorker(lab, 'solo', '127.0.0.1');
    const watch = watchOf([pid]);
    const [log, ...others] = await logFilesOf(pid);
    assert.deepEqual(others, []);
    const heard: RdbWords[] = [];
    const follower = new LogFollower(log ?? '', (words) => heard.push(words));
    await follower.start();
    await send();
    const session = await until('the task is found', async () => (await watch.look())[0], 30_000);
    assert.equal(session.process?.pid, pid);
    await until('its words are heard', () => heard.length > 0);
    assert.deepEqual(heard, [{ kind: 'waits', place: session.place }]);
    follower.dispose();
  });

  labTest('a cluster that is followed reports the task, its worker and its end by itself', async (lab, t) => {
    const { send, pid, broker, worker } = await waitingWorker(lab, 'prefork', '127.0.0.1');
    const clusters = new Clusters({ epoch: 'test', log: () => undefined, historyWorkerFile: '' });
    t.after(() => clusters.stopAll());
    const cluster = await clusters.start(connectionTo(broker), null);
    let mirrored = cluster.snapshot();
    cluster.listen((batch) => {
      mirrored = applyChanges(mirrored, batch);
    });
    await until('the engine knows the worker', () => cluster.state.workers.get(worker.hostname)?.pid === pid, 30_000);
    const [id] = await send();
    const session = await until('it is reported', () => Object.values(mirrored.waiting)[0], 30_000);
    assert.deepEqual(
      [session.hostname, session.process?.parentPid, session.task],
      [worker.hostname, pid, { id, name: 'lab.rdb' }],
    );
    assert.deepEqual(await clusters.lookForRdb([]), [{ clusterId: 'lab', session }]);
    assert.deepEqual(Object.values(cluster.snapshot().waiting), [session]);

    const client = new DapClient(seeker);
    await client.attach(session.place.port);
    await client.stop();
    await until('its end is reported', () => Object.keys(mirrored.waiting).length === 0, 30_000);
    await client.request('continue', { threadId: 1 });
    await client.ended();
  });
});

const watchOf = (pids: readonly number[]): WaitingWatch => {
  const watch = new WaitingWatch();
  const workers = pids.map((pid) => ({ hostname: `worker-${pid}@lab`, pid, status: 'online' as const }));
  watch.join({ workers, isFollowed: false, take: () => undefined });
  return watch;
};

const waitingWorker = async (lab: Lab, pool: 'prefork' | 'solo', host: string) => {
  const broker = await lab.filesystem();
  const base = await freePort();
  const env = { CELERY_RDB_PORT: String(base), CELERY_RDB_HOST: host };
  const worker: LabWorker = await lab.worker({ broker, env, pool, queues: ['default'] });
  const send = () => lab.send({ broker, task: 'lab.rdb', queue: 'default' });
  assert.ok(worker.pid);
  return { broker, worker, send, pid: worker.pid, base };
};
