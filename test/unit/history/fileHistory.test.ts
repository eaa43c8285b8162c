import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { TaskQuery, TaskSortColumn, TaskSummary } from '../../../server/api/tasks.ts';
import type { History } from '../../../server/history/history.ts';
import { HistoryFile } from '../../../server/history/historyFile.ts';
import { usualRetention } from '../../../server/history/retention.ts';
import type { ClusterState } from '../../../server/state/clusterState.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../state/someEvents.ts';
import { applyBusy } from './busyState.ts';
import { open, record, tempFolder } from './somethingKept.ts';

const ended = ['SUCCESS', 'FAILURE', 'REVOKED', 'REJECTED'];

/** A busy state, and a history opened anew on what was recorded of it. */
const busy = async (t: TestContext, seed = 1): Promise<{ state: ClusterState; history: History }> => {
  const folder = tempFolder(t);
  const before = await open(folder);
  const state = makeState();
  await record(before, state, () => applyBusy(state, seed));
  await before.close();
  const history = await open(folder);
  t.after(() => history.close());
  return { state, history };
};

const pagesOf = async (history: History, query: TaskQuery): Promise<TaskSummary[]> => {
  const tasks: TaskSummary[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await history.queryTasks({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    tasks.push(...page.tasks);
    cursor = page.nextCursor;
  }
  return tasks;
};

describe('a history on disk', () => {
  it('tells of each task all that the state told, after a restart', async (t) => {
    const { state, history } = await busy(t);
    const { tasks } = state.tasks.page({ states: ended, limit: 1000 });
    assert.ok(tasks.length > 100);
    for (const { id } of tasks) {
      const task = state.tasks.find(id);
      const kept = await history.task(id);
      assert.ok(task && kept);
      const isKept = (child: string): boolean => ended.includes(state.tasks.find(child)?.state ?? '');
      assert.deepEqual(
        { ...kept, childIds: [...kept.childIds].sort() },
        { ...task, childIds: task.childIds.filter(isKept).sort() },
      );
    }
    assert.equal(await history.task('00000000-0000-0000-0000-00000000dead'), null);
  });

  const conditions: Readonly<Record<string, TaskQuery>> = {
    'by state': { states: ['FAILURE', 'revoked'] },
    'by a state that does not occur': { states: ['NOWHERE'] },
    'by name': { names: ['shop.n1'] },
    'by a pattern of names': { names: ['*n2', 'x*'] },
    'by a name that does not occur': { names: ['nothing'] },
    'by worker and queue': { workers: ['celery@1'], queues: ['mail', 'slow'] },
    'by when it finished': { time: { column: 'finished', from: (t0 + 50) * 1000, to: (t0 + 90) * 1000 } },
    'by when it was received': { time: { column: 'received', from: (t0 + 100) * 1000 } },
    'by a text of its arguments': { text: 'Ü1' },
    'by a text in other letters': { text: 'VALUEERROR(' },
    'by a text with signs that mean something to SQL': { text: "100%_\\\\'" },
    'by a text that such signs would find': { text: '1%0' },
    'by the text of an id that is no UUID': { text: 'order-1' },
    'by everything at once': {
      states: ended,
      names: ['shop.*'],
      text: 'r',
      time: { column: 'updated', from: t0 * 1000 },
    },
  };
  for (const [title, query] of Object.entries(conditions)) {
    it(`finds tasks ${title} as the state does`, async (t) => {
      const { state, history } = await busy(t);
      const states = query.states ?? ended;
      const wanted = state.tasks.page({ ...query, states, limit: 1000 }).tasks;
      const page = await history.queryTasks({ ...query, limit: 1000 });
      assert.deepEqual(new Set(page.tasks), new Set(wanted));
      assert.equal(page.matching, wanted.length);
    });
  }

  it('finds a task by the beginning of its id', async (t) => {
    const { state, history } = await busy(t);
    const task = state.tasks.page({ states: ended, limit: 1000 }).tasks.find(({ id }) => id.length === 36);
    assert.ok(task);
    for (const length of [6, 8, 9, 14, 24, 36]) {
      const { tasks } = await history.queryTasks({ text: task.id.slice(0, length).toUpperCase() });
      assert.deepEqual(tasks, [task]);
    }
    assert.deepEqual((await history.queryTasks({ text: task.id.slice(1, 12) })).tasks, []);
  });

  const columns: readonly TaskSortColumn[] = [
    'updated',
    'state',
    'name',
    'worker',
    'client',
    'queue',
    'args',
    'kwargs',
    'result',
    'exception',
    'sent',
    'received',
    'started',
    'finished',
    'runtime',
    'wait',
    'retries',
    'eta',
  ];
  const readers: Readonly<Partial<Record<TaskSortColumn, (task: TaskSummary) => unknown>>> = {
    updated: (task) => task.updatedAt,
    sent: (task) => task.sentAt,
    received: (task) => task.receivedAt,
    started: (task) => task.startedAt,
    finished: (task) => task.finishedAt,
    runtime: (task) => task.runtimeSeconds,
    wait: (task) => task.waitSeconds,
  };
  for (const column of columns) {
    it(`sorts by ${column} as the state does, on pages that leave nothing out`, async (t) => {
      const { state, history } = await busy(t);
      const read = readers[column] ?? ((task: TaskSummary) => task[column as keyof TaskSummary]);
      for (const descending of [true, false]) {
        const sort = { column, descending };
        const wanted = state.tasks.page({ states: ended, sort, limit: 1000 }).tasks;
        const tasks = await pagesOf(history, { sort, limit: 7 });
        assert.deepEqual(tasks.map(read), wanted.map(read));
        assert.deepEqual(new Set(tasks.map(({ id }) => id)), new Set(wanted.map(({ id }) => id)));
        assert.equal(tasks.length, wanted.length);
      }
    });
  }

  it('pages by id without leaving anything out', async (t) => {
    const { history } = await busy(t);
    const { held } = await history.queryTasks({});
    const ids = (await pagesOf(history, { sort: { column: 'id', descending: false }, limit: 7 })).map(({ id }) => id);
    assert.equal(new Set(ids).size, held);
    const uuids = ids.filter((id) => id.length === 36);
    assert.deepEqual(uuids, [...uuids].sort());
  });

  it('refuses a cursor of another query, of the state, and one that is none', async (t) => {
    const { state, history } = await busy(t);
    const { nextCursor } = await history.queryTasks({ limit: 5 });
    const ofState = state.tasks.page({ limit: 5 }).nextCursor;
    assert.ok(nextCursor && ofState);
    const isBadRequest = (error: unknown): boolean => error instanceof CeleriacError && error.code === 'badRequest';
    await assert.rejects(history.queryTasks({ names: ['x'], cursor: nextCursor }), isBadRequest);
    await assert.rejects(history.queryTasks({ cursor: ofState }), isBadRequest);
    await assert.rejects(history.failures({ cursor: 'x' }), isBadRequest);
  });

  it('keeps no task that has not ended', async (t) => {
    const history = await open(tempFolder(t));
    const state = makeState();
    await record(history, state, () =>
      applyAll(state, received(1), received(2), taskEvent('retried', 2, 1, { exception: 'E()' })),
    );
    assert.deepEqual((await history.queryTasks({})).tasks, []);
    await history.close();
  });

  it('knows when a task that had ended lives again, and its second end', async (t) => {
    const history = await open(tempFolder(t));
    const state = makeState();
    const recording = history.record(state);
    const save = async (): Promise<void> => {
      recording.tick();
      await recording.stop();
    };
    applyAll(state, received(1), taskEvent('failed', 1, 1, { exception: "E('a')" }));
    await save();
    applyAll(state, taskEvent('retried', 1, 2, { exception: "E('b')" }));
    await save();
    const again = await history.task(idOf(1));
    assert.deepEqual([again?.state, again?.finishedAt], ['RETRY', null]);
    applyAll(state, received(1, 3), taskEvent('succeeded', 1, 4, { result: '7' }));
    await save();
    assert.deepEqual(await history.task(idOf(1)), state.tasks.find(idOf(1)));
    const { failures } = await history.failures({ withRetries: true });
    assert.deepEqual(
      failures.map(({ at, retried, exception }) => [at, retried, exception]),
      [
        [(t0 + 2) * 1000, true, "E('b')"],
        [(t0 + 1) * 1000, false, "E('a')"],
      ],
    );
    assert.equal((await history.queryTasks({})).held, 1);
    await history.close();
  });

  it('does not let a backend that knows less take away what another knew', async (t) => {
    const folder = tempFolder(t);
    const [first, second] = [await open(folder), await open(folder)];
    const [knows, heardTheEnd] = [makeState(), makeState()];
    await record(first, knows, () =>
      applyAll(knows, received(1, 0, { args: '(1,)' }), taskEvent('started', 1, 1), taskEvent('succeeded', 1, 2)),
    );
    await record(second, heardTheEnd, () => applyAll(heardTheEnd, taskEvent('succeeded', 1, 2)));
    const { name, args, startedAt, firstSeenAt } = (await second.task(idOf(1))) ?? {};
    assert.deepEqual([name, args, startedAt, firstSeenAt], ['shop.charge', '(1,)', (t0 + 1) * 1000, t0 * 1000]);
    assert.equal((await second.queryTasks({})).tasks.length, 1);
    const behind = makeState();
    await record(second, behind, () => applyAll(behind, taskEvent('failed', 1, 1, { exception: 'E()' })));
    assert.equal((await first.task(idOf(1)))?.state, 'SUCCESS', 'the later event decides, whoever writes last');
    assert.equal((await first.task(idOf(1)))?.updatedAt, (t0 + 2) * 1000);
    await Promise.all([first.close(), second.close()]);
  });

  it('forgets with a write that failed the names that it had entered', (t) => {
    const path = join(tempFolder(t), 'h.sqlite');
    const file = new HistoryFile(sqlite, {
      path,
      busyMs: 50,
      retention: usualRetention,
      now: () => 0,
      notice: () => undefined,
      opened: () => undefined,
    });
    const group = { kind: 'type', name: 'shop.new', counts: [1], runtimes: null, waits: null } as const;
    const minute = { at: 0, writer: 1, heardFrom: 0, heardTo: 60_000, metrics: {}, queues: [] };
    const unwritable = { ...group, name: 'other', runtimes: Symbol('no bytes') as unknown as Uint8Array };
    assert.throws(() => file.saveMinutes([{ ...minute, groups: [group, unwritable] }]));
    file.saveMinutes([{ ...minute, groups: [group] }]);
    assert.deepEqual(
      file.rollups({ kind: 'type', from: 0, to: 60_000 }).map(({ name, sent }) => [name, sent]),
      [['shop.new', 1]],
    );
    file.close();
  });

  it('lists failures by name, kind, worker, queue and time, the newest first', async (t) => {
    const { state, history } = await busy(t);
    const all = await history.failures({ limit: 1000 });
    const wanted = state.tasks.page({ states: ['FAILURE'], limit: 1000 }).tasks;
    assert.deepEqual(
      all.failures.map(({ taskId, at }) => `${at} ${taskId}`),
      wanted
        .map(({ id, finishedAt }) => `${finishedAt} ${id}`)
        .sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a)),
    );
    for (const { taskId, name, exception, traceback, worker } of all.failures) {
      const task = state.tasks.find(taskId);
      assert.deepEqual(
        [name, exception, traceback, worker],
        [task?.name, task?.exception, task?.traceback, task?.worker],
      );
    }
    const { failures } = await history.failures({ kinds: ['*.NoStock'], names: ['shop.n1', 'shop.n2'], limit: 1000 });
    assert.deepEqual(
      failures,
      all.failures.filter(
        ({ kind, name }) => kind === 'shop.errors.NoStock' && (name === 'shop.n1' || name === 'shop.n2'),
      ),
    );
    assert.ok(failures.length > 2);
    const paged = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await history.failures({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...page.failures);
      cursor = page.nextCursor;
    }
    assert.deepEqual(paged, all.failures);
    const middle = all.failures[10]?.at ?? 0;
    assert.equal((await history.failures({ from: middle, limit: 1000 })).failures.length, 11);
    assert.equal((await history.failures({ to: middle, limit: 1000 })).failures.length, all.failures.length - 11);
  });
});
