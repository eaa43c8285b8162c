import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../../server/api/errors.ts';
import type { TaskResult } from '../../../server/api/results.ts';
import { missingResult } from '../../../server/celery/resultMessage.ts';
import { readerOf } from '../../../server/results/resultReader.ts';
import type { ResultStore, ResultWatcher } from '../../../server/results/resultStore.ts';

const stateOf = (status: string, more: Partial<TaskResult> = {}): TaskResult => ({
  ...missingResult('t1'),
  found: true,
  status,
  ...more,
});

/** A backend of which the test decides everything. */
class Store implements ResultStore {
  readonly name = 'the test';
  recheckMs = 60_000;
  entry: TaskResult = missingResult('t1');
  watchers = new Set<ResultWatcher>();
  watched = 0;
  reads = 0;
  down: CeleriacError | null = null;
  beforeRead: () => void = () => undefined;
  onWatch: () => void = () => undefined;

  async read(): Promise<TaskResult> {
    this.reads += 1;
    if (this.down) throw this.down;
    this.beforeRead();
    return this.entry;
  }

  async watch(_: string, watcher: ResultWatcher): Promise<() => void> {
    if (this.down) throw this.down;
    this.watchers.add(watcher);
    this.watched += 1;
    this.onWatch();
    return () => this.watchers.delete(watcher);
  }

  write(entry: TaskResult): void {
    this.entry = entry;
    for (const watcher of this.watchers) watcher.onChange();
  }

  lose(): void {
    for (const watcher of this.watchers) watcher.onLost(unreachable);
  }

  group = async () => null;
  chord = async () => null;
  close = async () => undefined;
}

const unreachable = new CeleriacError('brokerUnreachable', 'It is gone.');
const failsWith = (code: ErrorCode, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CeleriacError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  return true;
};

/** Runs what is due, until the waiting has nothing left to do but wait. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('waiting for a result', { timeout: 10_000 }, () => {
  it('answers at once for a task that has ended', async () => {
    const store = new Store();
    store.entry = stateOf('FAILURE');
    assert.equal((await readerOf(store, '').wait('t1', { timeoutMs: 1_000 })).status, 'FAILURE');
    assert.equal(store.watchers.size, 0);
  });

  it('listens before it reads, so that no end is missed', async () => {
    const store = new Store();
    store.onWatch = () => store.write(stateOf('SUCCESS'));
    assert.equal((await readerOf(store, '').wait('t1', { timeoutMs: 1_000 })).status, 'SUCCESS');
    assert.equal(store.reads, 1);
  });

  it('hears an end that comes while it reads', async () => {
    const store = new Store();
    store.beforeRead = () => {
      store.beforeRead = () => undefined;
      const before = store.entry;
      queueMicrotask(() => store.write(stateOf('SUCCESS')));
      store.entry = before;
    };
    assert.equal((await readerOf(store, '').wait('t1', { timeoutMs: 1_000 })).status, 'SUCCESS');
  });

  it('tells each state on the way once', async () => {
    const store = new Store();
    const seen: string[] = [];
    const end = readerOf(store, '').wait('t1', { timeoutMs: 1_000, onUpdate: ({ status }) => seen.push(status) });
    for (const status of ['STARTED', 'STARTED', 'RETRY', 'SUCCESS']) {
      await settle();
      store.write(stateOf(status));
    }
    await end;
    assert.deepEqual(seen, ['PENDING', 'STARTED', 'RETRY']);
  });

  it('looks by itself now and then, for a change that nobody told', async () => {
    const store = new Store();
    store.recheckMs = 5;
    const end = readerOf(store, '').wait('t1', { timeoutMs: 5_000 });
    await settle();
    store.entry = stateOf('SUCCESS');
    assert.equal((await end).status, 'SUCCESS');
  });

  it('says after the time-out how far the task is', async () => {
    const store = new Store();
    const reader = readerOf(store, '');
    await assert.rejects(
      reader.wait('t1', { timeoutMs: 20 }),
      failsWith('timeout', /0\.02 s, the test still has no result for task t1/),
    );
    store.entry = stateOf('STARTED', { runningOn: { hostname: 'w@h', pid: 7 } });
    await assert.rejects(
      reader.wait('t1', { timeoutMs: 20 }),
      failsWith('timeout', /t1 is still STARTED on w@h, process 7\./),
    );
    assert.equal(store.watchers.size, 0);
  });

  it('does not wait for a task whose end could not be told', async () => {
    const store = new Store();
    store.entry = stateOf('UNKNOWN', { result: { kind: 'opaque', sentence: 'It is odd.' } });
    await assert.rejects(
      readerOf(store, '').wait('t1', { timeoutMs: 5_000 }),
      failsWith('unsupported', /does not show whether.*It is odd\./),
    );
  });

  it('fails at once when the backend was never there', async () => {
    const store = new Store();
    store.down = unreachable;
    await assert.rejects(readerOf(store, '').wait('t1', { timeoutMs: 5_000 }), failsWith('brokerUnreachable', /gone/));
  });

  it('goes on when a backend that went away is back', async () => {
    const store = new Store();
    const end = readerOf(store, '').wait('t1', { timeoutMs: 5_000 });
    await settle();
    store.lose();
    store.entry = stateOf('SUCCESS');
    assert.equal((await end).status, 'SUCCESS');
    assert.equal(store.watched, 2);
  });

  it('says after the time-out that the backend is gone', async () => {
    const store = new Store();
    const end = readerOf(store, '').wait('t1', { timeoutMs: 200 });
    await settle();
    store.down = unreachable;
    store.lose();
    await assert.rejects(end, failsWith('timeout', /unreachable since: It is gone\./));
  });

  it('ends with a cancel, and with the reader', async () => {
    const store = new Store();
    const cancel = new AbortController();
    const reader = readerOf(store, '');
    const waits = [
      reader.wait('t1', { timeoutMs: 5_000, signal: cancel.signal }),
      reader.wait('t1', { timeoutMs: 5_000 }),
    ];
    await settle();
    cancel.abort();
    await assert.rejects(waits[0] ?? Promise.resolve(), failsWith('cancelled', /cancelled/));
    assert.equal(store.watchers.size, 1);
    await reader.close();
    await assert.rejects(waits[1] ?? Promise.resolve(), failsWith('cancelled', /cancelled/));
    assert.equal(store.watchers.size, 0);
    await assert.rejects(reader.get('t1'), failsWith('cancelled', /cancelled/));
  });

  it('needs an id', async () => {
    await assert.rejects(
      readerOf(new Store(), '').wait('', { timeoutMs: 1 }),
      failsWith('badRequest', /id of the result is empty/),
    );
  });
});
