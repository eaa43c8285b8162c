import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import type { History } from '../../server/history/history.ts';
import { openHistory } from '../../server/history/openHistory.ts';
import { until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';

const workerFile = join(import.meta.dirname, '../../server/history/historyWorker.ts');

const startCluster = async (t: TestContext, connection: ConnectionConfig, folder: string, life: string) => {
  const log = (): void => undefined;
  const history = await openHistory({ folder, connectionId: connection.id, workerFile, log, now: Date.now });
  const cluster = new Cluster({
    connection,
    broker: createBroker(connection),
    epoch: life,
    now: Date.now,
    log,
    history,
  });
  t.after(() => stop(cluster, history));
  cluster.start();
  await until('the cluster is live', () => cluster.snapshot().link.kind === 'live');
  return { cluster, history };
};

const stop = async (cluster: Cluster, history: History): Promise<void> => {
  await cluster.stop();
  await history.close();
};

describe('what a cluster goes through', () => {
  labTest('is there after a restart: tasks, failures and roll-ups', async (lab, t) => {
    const redis = await lab.redis();
    const worker = await lab.worker({ broker: redis, concurrency: 2 });
    const connection = connectionTo(redis);
    const folder = join(lab.folder, 'history');
    const since = Date.now();
    const { cluster, history } = await startCluster(t, connection, folder, 'first');
    const echoes = await lab.send({ broker: redis, task: 'lab.echo', args: ['kept'], count: 20 });
    const [failing = ''] = await lab.send({ broker: redis, task: 'lab.fail', args: ['as told'] });
    const [retried = ''] = await lab.send({ broker: redis, task: 'lab.retry', args: [2] });
    const all = [...echoes, failing, retried];
    const states = ['SUCCESS', 'FAILURE'];
    await until('all have ended', () => cluster.state.tasks.page({ states }).tasks.length === all.length);
    const live = all.map((id) => cluster.state.tasks.find(id));
    await stop(cluster, history);

    const next = await startCluster(t, connection, folder, 'second');
    assert.equal(next.cluster.state.counters().tasks, 0);
    assert.deepEqual(await Promise.all(all.map((id) => next.history.task(id))), live);
    const page = await next.history.queryTasks({ names: ['lab.echo'], sort: { column: 'runtime', descending: true } });
    assert.deepEqual(new Set(page.tasks.map(({ id }) => id)), new Set(echoes));
    assert.equal(page.held, all.length);

    const { failures } = await next.history.failures({});
    assert.deepEqual(
      failures.map(({ taskId, kind, name, worker: where }) => [taskId, kind, name, where]),
      [[failing, 'LabError', 'lab.fail', worker.hostname]],
    );
    assert.match(failures[0]?.traceback ?? '', /Traceback.*LabError: as told\s*$/s);
    const attempts = await next.history.failures({ names: ['lab.retry'], withRetries: true });
    assert.ok(attempts.failures.length === 2 && attempts.failures.every(({ taskId }) => taskId === retried));

    const hour = { from: since - 60_000, stepSeconds: 3600 };
    const types = await next.history.rollups({ kind: 'type', ...hour });
    const sums = Map.groupBy(types, ({ name }) => name);
    const sum = (name: string, field: 'succeeded' | 'failed' | 'retried'): number =>
      (sums.get(name) ?? []).reduce((total, rollup) => total + rollup[field], 0);
    assert.deepEqual(
      [
        sum('lab.echo', 'succeeded'),
        sum('lab.fail', 'failed'),
        sum('lab.retry', 'retried'),
        sum('lab.retry', 'succeeded'),
      ],
      [20, 1, 2, 1],
    );
    const workers = await next.history.rollups({ kind: 'worker', names: [worker.hostname], ...hour });
    assert.equal(
      workers.reduce((total, { succeeded }) => total + succeeded, 0),
      21,
    );
    const { points } = await next.history.series({ metrics: ['succeeded'], from: since - 60_000 });
    assert.equal(
      points.succeeded?.reduce((total, value) => (total ?? 0) + (value ?? 0), 0),
      21,
    );

    // The second life adds to the first.
    const [later = ''] = await lab.send({ broker: redis, task: 'lab.echo', args: ['later'] });
    await until('it is on disk a moment after its end', () => next.history.task(later));
    assert.equal((await next.history.queryTasks({ limit: 1 })).held, all.length + 1);
    await stop(next.cluster, next.history);
  });

  labTest('is there in two windows at once, each task once', async (lab, t) => {
    const redis = await lab.redis();
    await lab.worker({ broker: redis, concurrency: 2 });
    const connection = connectionTo(redis);
    const folder = join(lab.folder, 'history');
    const [one, two] = [
      await startCluster(t, connection, folder, 'one'),
      await startCluster(t, connection, folder, 'two'),
    ];
    const ids = await lab.send({ broker: redis, task: 'lab.echo', args: ['twice'], count: 30 });
    for (const { cluster } of [one, two]) {
      await until(
        'all have ended',
        () => cluster.state.tasks.page({ states: ['SUCCESS'] }).tasks.length === ids.length,
      );
    }
    await stop(one.cluster, one.history);
    await two.cluster.stop();
    assert.deepEqual([one.history.status.written, two.history.status.written], [30, 30]);
    const { tasks } = await two.history.queryTasks({ limit: 100 });
    assert.deepEqual(tasks.map(({ id }) => id).sort(), [...ids].sort());
    const rollups = await two.history.rollups({ kind: 'type', from: 0 });
    assert.equal(
      rollups.reduce((total, { succeeded }) => total + succeeded, 0),
      30,
    );
    assert.deepEqual([...one.history.status.notices, ...two.history.status.notices], []);
    await two.history.close();
    assert.ok(existsSync(one.history.status.path ?? ''));
  });
});
