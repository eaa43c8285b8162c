import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { usualRetention } from '../../../server/history/retention.ts';
import { WorkerChannel } from '../../../server/history/workerChannel.ts';
import { applyAll, idOf, makeState, received, taskEvent } from '../state/someEvents.ts';
import { open, record, tempFolder } from './somethingKept.ts';

const workerFile = join(import.meta.dirname, '../../../server/history/historyWorker.ts');

/** A thread that answers with the method's name, but ends when it is to tidy. */
const frail = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ kind, number, method }) => {
  if (kind === 'close') return parentPort.close();
  if (method === 'tidy') throw new Error('out of something');
  if (method === 'steps') Promise.reject(new Error('nobody awaits this'));
  parentPort.postMessage({ kind: 'answer', number, value: method });
});`;

describe('a history on a thread of its own', () => {
  it('is the same as on this one', async (t) => {
    const folder = tempFolder(t);
    const history = await open(folder, { workerFile });
    const state = makeState();
    await record(history, state, () =>
      applyAll(state, received(1), taskEvent('failed', 1, 1, { exception: "E('x')", traceback: 'T\nE: x\n' })),
    );
    assert.deepEqual(await history.task(idOf(1)), state.tasks.find(idOf(1)));
    assert.equal((await history.failures({})).failures.length, 1);
    const isBadRequest = (error: unknown): boolean => error instanceof CeleriacError && error.code === 'badRequest';
    await assert.rejects(history.queryTasks({ cursor: 'x' }), isBadRequest);
    await history.close();
    await assert.rejects(
      history.queryTasks({}),
      (error: unknown) => error instanceof CeleriacError && error.code === 'cancelled',
    );
  });

  it('sets a damaged file aside there, and says so here', async (t) => {
    const folder = tempFolder(t);
    const path = join(folder, 'shop-8d9001d32c.history.sqlite');
    writeFileSync(path, 'no database '.repeat(500));
    const history = await open(folder, { workerFile });
    assert.equal(history.status.path, join(folder, 'shop-8d9001d32c.history.2.sqlite'));
    assert.ok(existsSync(history.status.path));
    await history.queryTasks({});
    assert.match(history.status.notices[0]?.sentence ?? '', /was damaged/);
    await history.close();
  });

  it('goes on in memory when there can be no such thread', async (t) => {
    const folder = tempFolder(t);
    const history = await open(folder, { workerFile: join(folder, 'absent.ts') });
    assert.equal(history.status.kind, 'memory');
    assert.match(history.status.notices[0]?.sentence ?? '', /history thread ended unexpectedly: .*absent/);
    await history.close();
  });

  it('fails what was asked of a thread that broke down, and starts another for the next', async (t) => {
    const file = join(tempFolder(t), 'frail.mjs');
    writeFileSync(file, frail);
    const notice = (): void => undefined;
    const opened = notice;
    const channel = new WorkerChannel({
      path: '',
      busyMs: 1,
      retention: usualRetention,
      redactPatterns: [],
      workerFile: file,
      notice,
      opened,
    });
    const first = channel.call('queryTasks', {});
    const tidy = channel.call('tidy');
    const after = channel.call('task', 'x');
    assert.equal(await first, 'queryTasks');
    for (const lost of [tidy, after]) await assert.rejects(lost, /history thread ended unexpectedly: out of something/);
    assert.equal(await channel.call('task', 'x'), 'task');
    const unawaited = channel.call('steps', { kind: 'type', from: 0, to: 1 } as never);
    const behind = channel.call('task', 'x');
    await unawaited.catch(() => undefined);
    await assert.rejects(behind, /ended unexpectedly: nobody awaits this/);
    assert.equal(await channel.call('task', 'x'), 'task');
    await channel.close();
  });
});
