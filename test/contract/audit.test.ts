import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { Cluster } from '../../server/cluster/cluster.ts';
import { openHistory } from '../../server/history/openHistory.ts';
import { Lab, until } from '../lab/lab.ts';
import { labTest } from '../lab/labTest.ts';
import { connectionTo } from './connectionTo.ts';

const lab = await Lab.open();
after(() => lab.close());

labTest('what was done to a cluster, and how it went, is still known after a restart', async () => {
  const broker = await lab.redis();
  await lab.worker({ broker, name: 'one' });
  const open = () =>
    openHistory({
      folder: join(lab.folder, 'history'),
      connectionId: 'shop',
      workerFile: null,
      log: () => {},
      now: Date.now,
    });
  const history = await open();
  const connection = connectionTo(broker);
  const parts = { connection, broker: createBroker(connection), epoch: 'audit', now: Date.now, log: () => {}, history };
  const cluster = new Cluster(parts);
  cluster.start();
  await until('the worker is known', () => Object.keys(cluster.snapshot().workers).length === 1);
  const { operations } = cluster;
  await operations.ask({ method: 'ping', arguments: {} });
  await operations.ask({ method: 'pool_grow', arguments: { n: 1 }, destination: ['one@lab'] });
  await operations.ask({ method: 'pool_restart', arguments: {} });
  await operations.send({ name: 'lab.echo', args: [1], kwargs: { password: 'hunter2' }, queue: 'nowhere' });
  await operations.purge('nowhere');
  await cluster.stop();
  await history.close();

  const again = await open();
  const lines = await again.audit({});
  await again.close();
  assert.deepEqual(lines.map(({ action, target, outcome }) => [action, target, outcome]).reverse(), [
    ['pool_grow', 'one@lab', 'done'],
    ['pool_restart', 'every worker', 'refused'],
    ['send', 'nowhere', 'done'],
    ['purge', 'nowhere', 'done'],
  ]);
  assert.match(lines[0]?.sentence ?? '', /^Messages deleted: 1\.$/);
  assert.ok(!JSON.stringify(lines).includes('hunter2'), 'a secret was kept');
});
