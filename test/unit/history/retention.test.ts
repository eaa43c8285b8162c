import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { historyPath } from '../../../server/history/openHistory.ts';
import type { Retention } from '../../../server/history/retention.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../state/someEvents.ts';
import { open, tempFolder } from './somethingKept.ts';

const dayMs = 24 * 3600 * 1000;

const countIn = (folder: string, table: string): number => {
  const database = new DatabaseSync(historyPath(folder, 'shop'), { readOnly: true });
  const count = Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  database.close();
  return count;
};

/** A history in which `tasks` tasks ended, one each second, every fifth failing; and a clock to move on. */
const keep = async (folder: string, tasks: number, retention: Partial<Retention>) => {
  const clock = { now: t0 * 1000 };
  const history = await open(folder, { retention, now: () => clock.now });
  const state = makeState(100_000);
  const recording = history.record(state);
  for (let index = 0; index < tasks; index++) {
    const end = index % 5 === 0 ? 'failed' : 'succeeded';
    applyAll(
      state,
      received(index, index, { name: `n${index % 3}` }),
      taskEvent(end, index, index, { ...(index % 5 === 0 ? { exception: `E(${index})` } : {}) }),
    );
  }
  clock.now += tasks * 1000;
  await recording.stop();
  const tick = async (): Promise<void> => {
    recording.tick();
    await recording.stop();
  };
  return { history, clock, tick };
};

describe('retention', () => {
  it('deletes what is older than the age, and nothing younger', async (t) => {
    const folder = tempFolder(t);
    const { history, clock, tick } = await keep(folder, 1200, { maxAgeMs: dayMs });
    await tick();
    assert.equal(countIn(folder, 'task'), 1200);
    clock.now = t0 * 1000 + dayMs + 700_000;
    for (let slice = 0; slice < 5; slice++) await tick();
    assert.equal(countIn(folder, 'task'), 500);
    assert.equal(countIn(folder, 'failure'), 100);
    const { tasks, held } = await history.queryTasks({ sort: { column: 'updated', descending: false }, limit: 1 });
    assert.deepEqual([tasks[0]?.id, held], [idOf(700), 500]);
    await history.close();
  });

  it('deletes the longest untouched when there are too many', async (t) => {
    const folder = tempFolder(t);
    const { history, tick } = await keep(folder, 1200, { maxTasks: 300 });
    for (let slice = 0; slice < 5; slice++) await tick();
    const { tasks, held } = await history.queryTasks({ sort: { column: 'updated', descending: false }, limit: 1000 });
    assert.deepEqual([held, tasks.length, tasks[0]?.id], [300, 300, idOf(900)]);
    await history.close();
  });

  it('deletes until the file holds no more bytes than it may', async (t) => {
    const folder = tempFolder(t);
    const { history, tick } = await keep(folder, 3000, { maxBytes: 400_000 });
    for (let slice = 0; slice < 10; slice++) await tick();
    const left = countIn(folder, 'task');
    assert.ok(left > 0 && left < 2500, `${left}`);
    await tick();
    assert.equal(countIn(folder, 'task'), left, 'and then stops');
    await history.close();
  });

  it('deletes old minutes, alerts and audit lines, and texts that nobody uses', async (t) => {
    const folder = tempFolder(t);
    const { history, clock, tick } = await keep(folder, 100, { maxAgeMs: dayMs, journalMaxAgeMs: 2 * dayMs });
    const at = clock.now;
    await history.saveAlert({
      id: 'a',
      rule: 'r',
      subject: 's',
      severity: 'info',
      raisedAt: at,
      resolvedAt: null,
      sentence: '',
    });
    const entry = {
      at,
      who: 'ann',
      action: 'purge',
      target: 'q',
      parameters: {},
      outcome: 'done',
      sentence: null,
    } as const;
    await history.appendAudit(entry);
    assert.ok(countIn(folder, 'rollup') > 0 && countIn(folder, 'minute') > 0 && countIn(folder, 'text') === 20);
    clock.now = at + 1.5 * dayMs;
    for (let slice = 0; slice < 3; slice++) await tick();
    assert.deepEqual([countIn(folder, 'alert'), countIn(folder, 'audit'), countIn(folder, 'task')], [1, 1, 0]);
    clock.now = at + 4 * dayMs;
    for (let slice = 0; slice < 5; slice++) {
      await tick();
      clock.now += 700_000;
    }
    const kept = ['rollup', 'alert', 'audit', 'text', 'failure'].map((table) => countIn(folder, table));
    assert.deepEqual(kept, [0, 0, 0, 0, 0]);
    await history.close();
  });

  it('keeps the texts of tasks that are kept', async (t) => {
    const folder = tempFolder(t);
    const { history, clock, tick } = await keep(folder, 10, { maxAgeMs: 100 * dayMs });
    for (let slice = 0; slice < 5; slice++) {
      clock.now += dayMs;
      await tick();
    }
    const { tasks } = await history.queryTasks({ states: ['FAILURE'] });
    assert.deepEqual(
      tasks.map(({ name, exception }) => [name, exception]),
      [
        ['n2', 'E(5)'],
        ['n0', 'E(0)'],
      ],
    );
    await history.close();
  });

  it('keeps the texts that are used day after day, by whichever backend', async (t) => {
    const folder = tempFolder(t);
    for (let day = 0; day < 8; day++) {
      const clock = { now: t0 * 1000 + day * dayMs };
      const history = await open(folder, { retention: { maxAgeMs: dayMs }, now: () => clock.now });
      const state = makeState();
      const recording = history.record(state);
      state.apply(taskEvent('failed', day, day * 86_400, { name: 'n', exception: 'E()' }), clock.now);
      await recording.stop();
      clock.now += 700_000;
      recording.tick();
      await recording.stop();
      const { name, exception } = (await history.task(idOf(day))) ?? {};
      assert.deepEqual([name, exception], ['n', 'E()'], `on day ${day}`);
      await history.close();
    }
  });

  it('caps the roll-ups, the oldest first, but never those of the whole cluster', async (t) => {
    const folder = tempFolder(t);
    const { history, clock, tick } = await keep(folder, 1200, { maxRollups: 8 });
    const before = countIn(folder, 'rollup WHERE kind <> 3');
    const whole = countIn(folder, 'rollup WHERE kind = 3');
    for (let slice = 0; slice < 3; slice++) {
      clock.now += 700_000;
      await tick();
    }
    const after = countIn(folder, 'rollup WHERE kind <> 3');
    assert.ok(before > 8 && after <= 8, `${before} → ${after}`);
    assert.ok(whole > 0 && countIn(folder, 'rollup WHERE kind = 3') === whole);
    await history.close();
  });
});
