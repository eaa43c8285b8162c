import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { RunningTarget } from '../../../server/api/debugging.ts';
import { WaitingDesk } from '../../../server/cluster/waitingDesk.ts';
import type { SeenOfWorker } from '../../../server/debugging/waiting/watcher.ts';

const seen = (id: string, hostname: string | null = 'one@host'): SeenOfWorker => ({
  session: { id, place: { host: '127.0.0.1', port: 6900 }, process: { pid: 20, parentPid: 10 }, since: 5 },
  hostname,
});
const charge: RunningTarget = {
  id: 'a1',
  name: 'orders.charge',
  pid: 20,
  receivedAt: null,
  startedAt: null,
  hardLimitSeconds: null,
  softLimitSeconds: null,
  acksLate: null,
};

const aDesk = () => {
  const asked: string[] = [];
  const logged: string[] = [];
  let changes = 0;
  const worker = { answer: async (): Promise<readonly RunningTarget[]> => [charge] };
  const desk = new WaitingDesk({
    watch: { join: () => () => undefined, wake: () => undefined, look: async () => [] },
    workers: () => new Map(),
    isFollowed: () => false,
    running: (hostname) => {
      asked.push(hostname);
      return worker.answer();
    },
    changed: () => {
      changes += 1;
    },
    log: (sentence) => logged.push(sentence),
  });
  return { asked, desk, logged, worker, changes: () => changes };
};

test('a session is reported once its worker was asked for the task, and only once', async () => {
  const { asked, desk, changes } = aDesk();
  desk.take([seen('1')]);
  assert.deepEqual(desk.takeChanges(), { changed: [], gone: [] }, 'the worker has not answered');
  desk.take([seen('1')]);
  await turn();
  const session = { ...seen('1').session, hostname: 'one@host', task: { id: 'a1', name: 'orders.charge' } };
  assert.deepEqual(desk.takeChanges(), { changed: [session], gone: [] });
  desk.take([seen('1')]);
  await desk.look();
  assert.deepEqual(desk.takeChanges(), { changed: [], gone: [] });
  assert.deepEqual([asked, changes(), desk.sessions], [['one@host'], 1, [session]]);
});

test('a session that ends is gone; one that ends before its worker has answered was never there', async () => {
  const { desk } = aDesk();
  desk.take([seen('1')]);
  await turn();
  desk.takeChanges();
  desk.take([seen('2')]);
  desk.take([]);
  await turn();
  assert.deepEqual(desk.takeChanges(), { changed: [], gone: ['1'] });
  assert.deepEqual(desk.sessions, []);
});

test('a worker that cannot be asked hides no session, and is asked again when somebody looks', async () => {
  const { asked, desk, logged, worker } = aDesk();
  worker.answer = () => Promise.reject(new Error('The broker is away.'));
  desk.take([seen('1')]);
  await turn();
  assert.deepEqual(
    desk.sessions.map(({ hostname, task }) => [hostname, task]),
    [['one@host', null]],
  );
  assert.deepEqual(logged, ['one@host could not be asked which task is paused in rdb: The broker is away.']);
  desk.take([seen('1')]);
  await turn();
  assert.equal(asked.length, 1, 'a look by itself asks nobody twice');
  worker.answer = async () => [charge];
  assert.equal((await desk.look())[0]?.task?.id, 'a1');
  assert.equal(asked.length, 2);
});

test('a session of no known worker asks nobody, until its worker is heard of', async () => {
  const { asked, desk } = aDesk();
  desk.take([seen('1', null)]);
  await turn();
  assert.deepEqual([asked, desk.sessions[0]?.task], [[], null]);
  desk.take([seen('1')]);
  await turn();
  assert.deepEqual([asked, desk.sessions[0]?.task?.id], [['one@host'], 'a1']);
});

test('who looks at snapshots without listening to changes has the watch look as well', () => {
  const { desk } = aDesk();
  const leave = desk.follow();
  assert.equal(desk.isFollowed, true);
  leave();
  assert.equal(desk.isFollowed, false);
});
