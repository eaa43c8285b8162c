import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'node:test';
import { listenSnippet } from '../../extension/debug/python/listenSnippet.ts';
import { findListeners } from '../../server/debugging/findListeners.ts';
import { probeDebugpy } from '../../server/debugging/probeDebugpy.ts';
import { freePort } from '../lab/freePort.ts';
import { type Lab, until } from '../lab/lab.ts';
import type { WorkerOptions } from '../lab/worker.ts';
import { labTest } from './labTest.ts';

const lab = join(import.meta.dirname, '..');
const listens = 'listens_for_debugger';

/** A worker of an app that holds what the quick fix inserts. */
const listeningWorker = async (
  lab_: Lab,
  options: Omit<WorkerOptions, 'env' | 'args'> & { readonly args?: readonly string[] },
) => {
  const base = await freePort();
  writeFileSync(join(lab_.folder, `${listens}.py`), listenSnippet);
  const folders = [join(lab, '..', 'demo'), join(lab, 'lab', 'python'), lab_.folder];
  const env = { PYTHONPATH: folders.join(delimiter), CELERIAC_DEBUG_PORT: String(base) };
  const args = ['--include', listens, ...(options.args ?? [])];
  const worker = await lab_.worker({ ...options, queues: ['default'], env, args });
  return { worker, base };
};

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

describe('a worker that waits for a debugger', () => {
  for (const celery of ['5.2', '5.6'] as const)
    labTest(
      `each child of a prefork pool listens at a port of its own, and says whose it is: Celery ${celery}`,
      async (lab_) => {
        const broker = await lab_.filesystem();
        const { worker, base } = await listeningWorker(lab_, { broker, celery, concurrency: 2 });
        const pids = await answering(base, 2);
        assert.equal(new Set(pids).size, 2);
        assert.ok(!pids.includes(worker.pid ?? 0));
        if (process.platform === 'linux')
          assert.deepEqual(
            await findListeners([worker.pid ?? 0, ...pids]),
            pids.map((pid, index) => ({ pid, host: '127.0.0.1', port: base + index })),
          );
        await lab_.send({ broker, task: 'lab.echo', args: [7], queue: 'default' });
        await until('a task runs', () => /lab\.echo\[.*succeeded in .*: 7/.test(worker.output()));
        assert.doesNotMatch(worker.output(), /Traceback|raised/);
      },
    );

  for (const { celery, pool } of [
    { celery: '5.2', pool: 'solo' },
    { celery: '5.6', pool: 'solo' },
    { celery: '5.6', pool: 'threads' },
  ] as const)
    labTest(`a ${pool} pool listens in the worker's own process: Celery ${celery}`, async (lab_) => {
      const { worker, base } = await listeningWorker(lab_, { broker: await lab_.filesystem(), celery, pool });
      assert.deepEqual(await answering(base, 1), [worker.pid]);
      assert.doesNotMatch(worker.output(), /Traceback|raised/);
    });

  labTest('a child that takes the place of another listens at its port', async (lab_) => {
    const broker = await lab_.filesystem();
    const { base } = await listeningWorker(lab_, { broker, args: ['--max-tasks-per-child=1'] });
    let [before] = await answering(base, 1);
    // The third is a child of a background thread.
    for (let turn = 0; turn < 3; turn += 1) {
      await lab_.send({ broker, task: 'lab.echo', args: [turn], queue: 'default' });
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

  labTest('without the variable nothing listens; what is no debugpy is told from it', async (lab_) => {
    const broker = await lab_.redis();
    assert.deepEqual(await probeDebugpy('127.0.0.1', broker.port), { kind: 'stranger', port: broker.port });
    const port = await freePort();
    assert.deepEqual(await probeDebugpy('127.0.0.1', port), { kind: 'closed', port });
  });
});
