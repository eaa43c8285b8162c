import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { WaitingSession } from '../../extension/debug/waiting/waitingSession.ts';
import { WaitingWatch } from '../../extension/debug/waiting/waitingWatch.ts';
import { freePort } from '../lab/freePort.ts';
import type { Lab, LabWorker } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { DapClient } from './dapClient.ts';
import { labTest } from './labTest.ts';

const seeker = { exists: () => true, locate: async () => null };

/** Whoever knocks takes the one visit that rdb allows: it has to be found by looking alone. */
describe('finding the tasks that wait in rdb', () => {
  labTest('by the processes of a worker: also on another address, and not any more once somebody came', async (lab) => {
    const { worker, send, pid } = await waitingWorker(lab, 'prefork', '127.0.0.2');
    const watch = watchOf([pid]);
    assert.deepEqual(await seenBy(watch), []);
    await send();
    const [session] = await until(
      'the task is found',
      async () => ((await seenBy(watch)).length === 1 ? watch.sessions : null),
      30_000,
    );
    assert.equal(session?.place.host, '127.0.0.2');
    assert.equal(session?.process?.parentPid, pid);
    assert.deepEqual(await seenBy(watchOf([])), [], 'without the worker, nobody says on which ports');

    const client = new DapClient(seeker);
    await client.attach(session?.place.port ?? 0, {}, { host: '127.0.0.2' });
    await client.stop();
    assert.deepEqual(await seenBy(watch), []);
    await client.request('continue', { threadId: 1 });
    await client.ended();
    await until('the task succeeds', () => /lab\.rdb\[.*succeeded/.test(worker.output()));
    watch.dispose();
  });

  labTest('by the main process of a worker without children', async (lab) => {
    const { send, pid } = await waitingWorker(lab, 'solo', '127.0.0.1');
    const watch = watchOf([pid]);
    await send();
    await until('the task is found', async () => (await seenBy(watch)).length === 1, 30_000);
    assert.equal(watch.sessions[0]?.process?.pid, pid);
    watch.dispose();
  });
});

const watchOf = (pids: readonly number[]) => new WaitingWatch({ pids: () => new Set(pids) }, () => undefined);

const seenBy = async (watch: WaitingWatch): Promise<readonly WaitingSession[]> => {
  await watch.look();
  return watch.sessions;
};

const waitingWorker = async (lab: Lab, pool: 'prefork' | 'solo', host: string) => {
  const broker = await lab.filesystem();
  const env = { CELERY_RDB_PORT: String(await freePort()), CELERY_RDB_HOST: host };
  const worker: LabWorker = await lab.worker({ broker, env, pool, queues: ['default'] });
  const send = () => lab.send({ broker, task: 'lab.rdb', queue: 'default' });
  assert.ok(worker.pid);
  return { worker, send, pid: worker.pid };
};
