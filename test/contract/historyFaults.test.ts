import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import type { History } from '../../server/history/history.ts';
import { historyPath, openHistory } from '../../server/history/openHistory.ts';
import { ClusterState } from '../../server/state/clusterState.ts';
import { until } from '../lab/until.ts';

const writer = join(import.meta.dirname, 'historyWriter.ts');
const workerFile = join(import.meta.dirname, '../../server/history/historyWorker.ts');

const tempFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-history-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const startWriter = (t: TestContext, folder: string, first: number, count: number | 'endless') => {
  const child = spawn(process.execPath, [writer, folder, String(first), String(count)]);
  t.after(() => child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const written = (): number => Number(said.out.trim().split('\n').at(-1)?.split(' ')[0]);
  return { child, said, written, ended: once(child, 'exit') };
};

const ask = (folder: string, sql: string): Record<string, unknown> => {
  const database = new DatabaseSync(historyPath(folder, 'shop'));
  const row = database.prepare(sql).get() ?? {};
  database.close();
  return { ...row };
};

const open = (folder: string): Promise<History> =>
  openHistory({ folder, connectionId: 'shop', workerFile, log: () => undefined, now: Date.now, busyMs: 200 });

/** A small disk of its own; null, and the test skipped, where this user may not mount one. */
const mountDisk = (t: TestContext, kilobytes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-disk-'));
  t.after(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const mount = (...args: readonly string[]): boolean => spawnSync('mount', [...args, folder]).status === 0;
  if (!mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs')) {
    t.skip('a disk that fills up needs the right to mount one');
    return null;
  }
  return { folder, remount: (options: string) => assert.ok(mount('-o', `remount,${options}`)) };
};

/** Tasks that end in a state with a recording on `history`. */
const makeEnds = (history: History) => {
  const state = new ClusterState({ maxTasks: 100_000, workerLostAfterMs: 20_000, startedAt: Date.now() });
  const recording = history.record(state);
  let ended = 0;
  const end = (count: number): void => {
    for (let left = count; left > 0; left--) {
      const uuid = `task-${ended++}`;
      const args = `(${'x'.repeat(500)},)`;
      state.apply({ type: 'task-received', hostname: 'w', timestamp: 1e9, uuid, name: 'n', args }, Date.now());
      state.apply({ type: 'task-succeeded', hostname: 'w', timestamp: 1e9, uuid, result: '1' }, Date.now());
    }
  };
  return { recording, end };
};

const noticesOf = (history: History): string => history.status.notices.map(({ sentence }) => sentence).join(' ');

describe('a history', { timeout: 120_000 }, () => {
  it('has all that was written before a kill -9, time after time', async (t) => {
    const folder = tempFolder(t);
    for (let round = 0, first = 0; round < 4; round++) {
      const { child, said, written, ended } = startWriter(t, folder, first, 'endless');
      const enough = 3_000 * (round + 1);
      await until('enough is written', () => written() > enough, 30_000, 5);
      child.kill('SIGKILL');
      await ended;
      assert.equal(said.err, '');
      assert.deepEqual(ask(folder, 'PRAGMA integrity_check'), { integrity_check: 'ok' });
      // The writer goes on from a task that the last one wrote for sure, so nothing may be missing up to here.
      const all = ask(folder, `SELECT count(*) AS n FROM task WHERE event_at < ${1_800_000_000 + first + written()}`);
      assert.equal(all['n'], first + written());
      first += written();
    }
    const again = await open(folder);
    assert.equal(again.status.notices.length, 0);
    await again.close();
  });

  it('takes the same tasks from two windows, each once', async (t) => {
    const folder = tempFolder(t);
    const writers = [
      startWriter(t, folder, 0, 8_000),
      startWriter(t, folder, 0, 8_000),
      startWriter(t, folder, 4_000, 8_000),
    ];
    await Promise.all(writers.map(({ ended }) => ended));
    for (const { said } of writers) assert.deepEqual([said.err, said.out.trim().split('\n').at(-1)], ['', '8000 done']);
    assert.deepEqual(ask(folder, 'PRAGMA integrity_check'), { integrity_check: 'ok' });
    assert.deepEqual(ask(folder, 'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM task'), {
      n: 12_000,
      ids: 12_000,
    });
    assert.equal(ask(folder, 'SELECT count(*) AS n FROM failure')['n'], 1_200);
  });

  it('waits while the disk is full, says so, and then writes all', async (t) => {
    const disk = mountDisk(t, 700);
    if (!disk) return;
    const history = await open(disk.folder);
    assert.equal(history.status.kind, 'file');
    const { recording, end } = makeEnds(history);
    for (let batch = 0; batch < 40 && !/disk is full/.test(noticesOf(history)); batch++) {
      end(100);
      recording.tick();
      await until(
        'it was written or refused',
        () => history.status.written === (batch + 1) * 100 || noticesOf(history),
      );
    }
    assert.match(noticesOf(history), /cannot be used at the moment: the disk is full/);
    const before = await history.queryTasks({ limit: 1 });
    assert.equal(before.held, history.status.written, 'what was written can still be read');
    disk.remount('size=50m');
    await until('it writes again', () => {
      recording.tick();
      return history.status.written > before.held;
    });
    await recording.stop();
    assert.equal((await history.queryTasks({ limit: 1 })).held, history.status.written);
    assert.equal(history.status.written % 100, 0);
    assert.equal(history.status.dropped, 0);
    await history.close();
    assert.deepEqual(ask(disk.folder, 'PRAGMA integrity_check'), { integrity_check: 'ok' });
  });

  it('lives in memory where the disk may only be read, and says so', async (t) => {
    const disk = mountDisk(t, 4_000);
    if (!disk) return;
    const before = await open(disk.folder);
    await before.close();
    disk.remount('ro');
    const history = await open(disk.folder);
    const { recording, end } = makeEnds(history);
    end(5);
    recording.tick();
    assert.equal((await history.queryTasks({})).tasks.length, 5);
    assert.equal(history.status.kind, 'memory');
    assert.match(noticesOf(history), /cannot be written.*kept in memory/);
    await recording.stop();
    await history.close();
    disk.remount('rw');
  });

  it('does not mind what else lies in its folder', async (t) => {
    const folder = tempFolder(t);
    writeFileSync(join(folder, 'shop-8d9001d32c.history.sqlite.corrupt-x-wal'), 'x');
    writeFileSync(join(folder, 'shop-8d9001d32c.history.txt'), 'x');
    const history = await open(folder);
    const { recording, end } = makeEnds(history);
    end(5);
    await recording.stop();
    assert.deepEqual([history.status.kind, history.status.written], ['file', 5]);
    await history.close();
  });
});
