import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { searchedPorts as searchPorts } from '../../extension/debug/rdb/rdbPlace.ts';
import { logFilesOf } from '../../extension/debug/waiting/logFiles.ts';
import { LogFollower } from '../../extension/debug/waiting/logFollower.ts';
import type { RdbWords } from '../../extension/debug/waiting/rdbWords.ts';
import { WaitingWatch } from '../../extension/debug/waiting/waitingWatch.ts';
import { freePort } from '../lab/freePort.ts';
import type { Lab, LabWorker } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
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
      watch.dispose();
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
    watch.dispose();
  });
});

const watchOf = (pids: readonly number[]) => new WaitingWatch({ pids: () => new Set(pids) }, () => undefined);

const waitingWorker = async (lab: Lab, pool: 'prefork' | 'solo', host: string) => {
  const broker = await lab.filesystem();
  const base = await freePort();
  const env = { CELERY_RDB_PORT: String(base), CELERY_RDB_HOST: host };
  const worker: LabWorker = await lab.worker({ broker, env, pool, queues: ['default'] });
  const send = () => lab.send({ broker, task: 'lab.rdb', queue: 'default' });
  assert.ok(worker.pid);
  return { worker, send, pid: worker.pid, base };
};
