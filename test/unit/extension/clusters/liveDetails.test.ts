import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { workerKey } from '../../../../extension/clusters/clusterForest.ts';
import { LiveDetails } from '../../../../extension/clusters/liveDetails.ts';
import type { WorkerDetail } from '../../../../server/api/workerDetail.ts';
import { aSnapshot, aWorker } from '../../aSnapshot.ts';
import { aDetail, holding, withWorkers } from './aForest.ts';

const start = (answer: (hostnames: readonly string[]) => Promise<readonly WorkerDetail[]>, now = 100_000) => {
  const asked: (readonly string[])[] = [];
  const quietAsked: string[] = [];
  const looks: string[] = [];
  const failures: unknown[] = [];
  let told = 0;
  const live = new LiveDetails({
    workerDetails: (_clusterId, hostnames) => {
      asked.push(hostnames);
      return answer(hostnames);
    },
    taskTypes: async () => [],
    quietWorkers: async (clusterId) => {
      quietAsked.push(clusterId);
      return { answering: [], silent: ['ghost@lab'] };
    },
    look: async (clusterId) => looks.push(clusterId),
    now: () => now,
    changed: () => {
      told += 1;
    },
    failed: (error) => failures.push(error),
  });
  return { live, asked, quietAsked, looks, failures, told: () => told };
};
const answering = async (hostnames: readonly string[]) => hostnames.map((hostname) => aDetail({ hostname }));
const snapshot = withWorkers(aWorker({ hostname: 'a' }), aWorker({ hostname: 'b' }));
const open = (...hostnames: readonly string[]) => ({ snapshot, hostnames, showsTaskTypes: false });

test('all workers that are open are asked at once, and a question on its way is not asked again', async () => {
  const { live, asked } = start(answering);
  void live.refresh(open('a', 'b'));
  void live.refresh(open('a', 'b'));
  await settled();
  assert.deepEqual(asked, [['a', 'b']]);
  assert.equal(live.details.get(workerKey({ clusterId: 'orders', hostname: 'b' }))?.hostname, 'b');
});

test('who was silent is waited for apart, so that the others need not', async () => {
  const silent = (hostname: string) => aDetail({ hostname, active: holding<never>([], 'It did not answer.') });
  const { live, asked } = start(async (names) =>
    names.map((name) => (name === 'b' ? silent(name) : aDetail({ hostname: name }))),
  );
  await live.refresh(open('a', 'b'));
  await settled();
  await live.refresh(open('a', 'b'));
  await settled();
  assert.deepEqual(asked.slice(1), [['a'], ['b']]);
});

test('who said goodbye a moment ago is not asked, so that what was known of it stays', async () => {
  const { live, asked } = start(answering);
  const left = (statusSince: number) => withWorkers(aWorker({ hostname: 'a', status: 'offline', statusSince }));
  await live.refresh({ snapshot: left(97_000), hostnames: ['a'], showsTaskTypes: false });
  assert.deepEqual(asked, []);
  await live.refresh({ snapshot: left(50_000), hostnames: ['a'], showsTaskTypes: false });
  assert.deepEqual(asked, [['a']]);
});

test('when asking fails, what was known stays', async () => {
  let works = true;
  const { live, failures } = start((names) => (works ? answering(names) : Promise.reject(new Error('gone'))));
  await live.open(snapshot, 'a');
  works = false;
  await live.open(snapshot, 'a');
  assert.equal(failures.length, 1);
  assert.equal(live.details.get(workerKey({ clusterId: 'orders', hostname: 'a' }))?.hostname, 'a');
});

test('without a connection nobody is asked', async () => {
  const { live, asked } = start(answering);
  const away = aSnapshot({ link: { kind: 'connecting', attempt: 1, since: 0 } });
  await live.refresh({ snapshot: away, hostnames: ['a'], showsTaskTypes: false });
  await live.open(away, 'a');
  assert.deepEqual(asked, []);
});

test('however many workers are open, no more than fifty are asked', async () => {
  const { live, asked } = start(answering);
  await live.refresh(open(...Array.from({ length: 300 }, (_, index) => `w${index}`)));
  assert.equal(asked[0]?.length, 50);
});

test('who is there and was never heard is looked for now and then, and not in the first seconds', async () => {
  const early = start(answering, 3_000);
  await early.live.refresh(open());
  assert.deepEqual(early.quietAsked, []);
  const { live, quietAsked } = start(answering);
  await live.refresh(open());
  await live.refresh(open());
  await settled();
  assert.deepEqual(quietAsked, ['orders']);
  assert.deepEqual(live.quietWorkers.get('orders')?.silent, ['ghost@lab']);
});

test('what belongs to workers and clusters that are gone is forgotten', async () => {
  const { live } = start(answering);
  await live.open(snapshot, 'a');
  await live.readTaskTypes('orders');
  live.keepOnly(new Map([['orders', withWorkers(aWorker({ hostname: 'b' }))]]));
  assert.equal(live.details.size, 0);
  live.keepOnly(new Map());
  assert.equal(live.taskTypes.size, 0);
});

test('whoever sees the rows of a cluster is reported as looking at it, also while nothing is open below them', async () => {
  const { live, looks } = start(answering);
  await live.refresh(open());
  assert.deepEqual(looks, ['orders']);
});
