import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../../lab/until.ts';
import { aFace } from './aFace.ts';

const paths = ['/api/celery/tasks/', '/api/celery/stats/', '/api/v1/queues'];

/** A cluster whose workers answer when they are told to, and that counts how often it was asked. */
const aCluster = () => {
  const cluster = {
    asked: 0,
    answers: Promise.withResolvers<void>(),
    noteLook: () => undefined,
    snapshot: () => ({ queues: {} }),
    operations: {
      inspect: async () => {
        cluster.asked += 1;
        await cluster.answers.promise;
        return { replies: [] };
      },
      overview: async () => {
        cluster.asked += 1;
        await cluster.answers.promise;
        return { alarms: [], blockedConnections: 0, missing: [] };
      },
    },
  };
  return cluster;
};

test('those who ask the same at one time share one question to the workers', async (t) => {
  const cluster = aCluster();
  const { ask, clock } = await aFace(t, { served: { cluster: cluster as never } });
  const many = Array.from({ length: 30 }, () => ask('/api/celery/tasks'));
  await until('the workers are asked', () => cluster.asked > 0);
  clock.now += 5_000;
  const late = ask('/api/celery/tasks/');
  // Another route is answered meanwhile, so the late one has arrived as well.
  assert.equal((await ask('/livez')).status, 200);
  cluster.answers.resolve();
  assert.ok((await Promise.all([...many, late])).every(({ status }) => status === 200));
  assert.equal(cluster.asked, 2, 'active and scheduled');
});

test('who asks the workers again and again is told to wait, and others are not', async (t) => {
  const cluster = aCluster();
  cluster.answers.resolve();
  const { ask, clock } = await aFace(t, { served: { cluster: cluster as never } });
  const statuses: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const path of paths) statuses.push((await ask(path)).status);
    clock.now += 500;
  }
  assert.deepEqual(new Set(statuses), new Set([200, 429]));
  await ask('/api/celery/tasks/');
  const refused = await ask('/api/v1/queues');
  assert.deepEqual([refused.status, refused.headers['retry-after']], [429, '1']);
  assert.equal(JSON.parse(refused.text).code, 'tooOften');
  assert.equal((await ask('/api/v1/queues', { from: '127.0.0.2' })).status, 200);
  assert.equal((await ask('/livez')).status, 200);
  clock.now += 5_000;
  assert.equal((await ask('/api/v1/queues')).status, 200);
});

test('a question that failed is asked anew', async (t) => {
  const cluster = aCluster();
  const { overview } = cluster.operations;
  cluster.operations.overview = () => Promise.reject(new Error('the broker is away'));
  const { ask, clock, said } = await aFace(t, { served: { cluster: cluster as never } });
  assert.equal((await ask('/api/v1/queues')).status, 500);
  cluster.operations.overview = overview;
  cluster.answers.resolve();
  clock.now += 500;
  assert.equal((await ask('/api/v1/queues')).status, 200);
  assert.equal(said.length, 1);
});

test('another part of a list is another question', async (t) => {
  const cluster = aCluster();
  const queues = Object.fromEntries(['a', 'b'].map((name) => [name, { name, updatedAt: 0 }]));
  Object.assign(cluster, { snapshot: () => ({ queues }) });
  cluster.answers.resolve();
  const { ask } = await aFace(t, { served: { cluster: cluster as never } });
  const namesAt = async (offset: number): Promise<string[]> =>
    JSON.parse((await ask(`/api/v1/queues?limit=1&offset=${offset}`)).text).queues.map(
      ({ name }: { readonly name: string }) => name,
    );
  assert.deepEqual([await namesAt(0), await namesAt(1)], [['a'], ['b']]);
});
