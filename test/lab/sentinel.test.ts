import assert from 'node:assert/strict';
import { after } from 'node:test';
import { Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';

const lab = await Lab.open();
after(() => lab.close());

for (const password of [undefined, 'secret'])
  labTest(`a worker survives a failover of a Sentinel ${password ? 'with a password' : 'without one'}`, async () => {
    const broker = await lab.sentinel(password === undefined ? {} : { password });
    const worker = await lab.worker({ broker });
    await lab.send({ broker, task: 'lab.echo', args: ['before'] });
    await until(
      'the first task has succeeded',
      () => worker.output().includes('succeeded in') && worker.output().includes("'before'"),
    );

    const old = await broker.masterPort();
    const promoted = await broker.failover();
    assert.notEqual(promoted, old);
    assert.equal(await broker.masterPort(), promoted);

    await lab.send({ broker, task: 'lab.echo', args: ['after'] });
    await until('the second task has succeeded', () => worker.output().includes("'after'"), 40_000);
    await worker.stop();
  });

labTest('one sentinel is enough to decide alone', async () => {
  const broker = await lab.sentinel({ sentinels: 1 });
  assert.equal(broker.url.split(';').length, 1);
  assert.notEqual(await broker.failover(), broker.nodes[0].port);
});
