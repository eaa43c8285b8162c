import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { DapClient } from '../../server/debugging/dapClient.ts';
import { findListeners } from '../../server/debugging/findListeners.ts';
import { probeDebugpy } from '../../server/debugging/probeDebugpy.ts';
import { freePort } from '../lab/freePort.ts';
import { until } from '../lab/lab.ts';
import { listeningWorker } from '../lab/listeningWorker.ts';
import { labTest } from './labTest.ts';

const answering = (base: number, count: number) =>
  until(
    'debugpy answers in each process',
    async () => {
      const probed = await Promise.all(
        Array.from({ length: count }, (_, index) => probeDebugpy('127.0.0.1', base + index)),
      );
      const pids = probed.flatMap((each) => (each.kind === 'process' ? each.pid : []));
      return pids.length === count ? pids : null;
    },
    30_000,
  );

const attached = async (port: number): Promise<DapClient> => {
  const client = await DapClient.open('127.0.0.1', port, 5_000);
  assert.ok(client);
  client.send('initialize', { adapterID: 'celery' });
  assert.ok(await client.next(({ command }) => command === 'initialize', 10_000));
  client.send('attach', { justMyCode: false, subProcess: false });
  assert.ok(await client.next(({ event }) => event === 'initialized', 10_000));
  client.send('configurationDone', {});
  assert.ok(await client.next(({ command }) => command === 'configurationDone', 10_000));
  return client;
};

describe('a worker that waits for a debugger', () => {
  for (const celery of ['5.2', '5.7'] as const)
    labTest(
      `each child of a prefork pool listens at a port of its own, and says whose it is: Celery ${celery}`,
      async (lab) => {
        const broker = await lab.filesystem();
        const { worker, base } = await listeningWorker(lab, { broker, celery, concurrency: 2 });
        const pids = await answering(base, 2);
        assert.equal(new Set(pids).size, 2);
        assert.ok(!pids.includes(worker.pid ?? 0));
        if (process.platform === 'linux')
          assert.deepEqual(
            await findListeners([worker.pid ?? 0, ...pids]),
            pids.map((pid, index) => ({ pid, host: '127.0.0.1', port: base + index })),
          );
        await lab.send({ broker, task: 'lab.listening', queue: 'default' });
        await until('a task runs', () => /lab\.listening\[.*succeeded in .*: 'listening'/.test(worker.output()));
        assert.doesNotMatch(worker.output(), /Traceback|raised/);
      },
    );

  for (const { celery, pool } of [
    { celery: '5.2', pool: 'solo' },
    { celery: '5.7', pool: 'solo' },
    { celery: '5.7', pool: 'threads' },
  ] as const)
    labTest(`a ${pool} pool listens in the worker's own process, for one debugger: Celery ${celery}`, async (lab) => {
      const { worker, base } = await listeningWorker(lab, { broker: await lab.filesystem(), celery, pool });
      assert.deepEqual(await answering(base, 1), [worker.pid]);
      const first = await attached(base);
      // It says so, or it says nothing at all.
      assert.notEqual((await probeDebugpy('127.0.0.1', base)).kind, 'process');
      first.send('disconnect', { terminateDebuggee: false });
      assert.ok(await first.next(({ command }) => command === 'disconnect', 10_000));
      first.close();
      assert.deepEqual(await answering(base, 1), [worker.pid]);
      assert.doesNotMatch(worker.output(), /Traceback|raised/);
    });

  labTest('a child that takes the place of another listens at its port', async (lab) => {
    const broker = await lab.filesystem();
    const { base } = await listeningWorker(lab, { broker, args: ['--max-tasks-per-child=1'] });
    let [before] = await answering(base, 1);
    // The third is a child of a background thread.
    for (let turn = 0; turn < 3; turn += 1) {
      await lab.send({ broker, task: 'lab.echo', args: [turn], queue: 'default' });
      before = await until(
        'the next child listens',
        async () => {
          const probed = await probeDebugpy('127.0.0.1', base);
          return probed.kind === 'process' && probed.pid !== before ? probed.pid : null;
        },
        30_000,
      );
    }
  });

  labTest('without the variable nothing listens; what is no debugpy is told from it', async (lab) => {
    const broker = await lab.redis();
    assert.deepEqual(await probeDebugpy('127.0.0.1', broker.port), { kind: 'stranger', port: broker.port });
    const port = await freePort();
    assert.deepEqual(await probeDebugpy('127.0.0.1', port), { kind: 'closed', port });
  });
});
