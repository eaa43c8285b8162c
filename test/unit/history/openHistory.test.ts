import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { schemaVersion, versionOf } from '../../../server/history/historyFormat.ts';
import { historyPath } from '../../../server/history/openHistory.ts';
import { migrate } from '../../../server/history/schema.ts';
import { applyAll, idOf, makeState, taskEvent } from '../state/someEvents.ts';
import { open, record, tempFolder } from './somethingKept.ts';

const setAsideIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.corrupt-\S*(?<!-wal|-shm)$/.test(name));

const someEnds = async (history: Awaited<ReturnType<typeof open>>, from: number, to: number): Promise<void> => {
  const state = makeState();
  await record(history, state, () => {
    for (let index = from; index < to; index++) applyAll(state, taskEvent('succeeded', index, index));
  });
};

const isLocked = (error: unknown): boolean =>
  error instanceof CeleriacError && error.code === 'timeout' && /another program has locked it/.test(error.message);

/** The first pages, which are read when it is opened, stay whole. */
const damagedAtWork = async (folder: string): Promise<void> => {
  const history = await open(folder);
  await someEnds(history, 0, 3000);
  await history.close();
  const path = historyPath(folder, 'shop');
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 30 * 4096);
  writeFileSync(path, bytes);
};

describe('opening a history', () => {
  it('makes the folder and a file that nobody else may read', async (t) => {
    const folder = join(tempFolder(t), 'a', 'b');
    const history = await open(folder);
    await someEnds(history, 0, 1);
    const files = readdirSync(folder);
    assert.ok(files.length >= 2, 'the log of the writes lies beside the file');
    for (const name of files) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
    await history.close();
  });

  it('gives every connection a file of its own, whatever it is called', () => {
    const ids = ['shop', 'Shop', 'shop ', '../shop', 'a/b', 'a-b', 'ü', '', 'x'.repeat(300)];
    const paths = ids.map((id) => historyPath('/f', id));
    assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, ids.length);
    for (const path of paths) assert.match(path, /^\/f\/[\w.-]{1,100}$/);
  });

  it('goes on in memory where there is no SQLite, and says so', async (t) => {
    const folder = tempFolder(t);
    const said: string[] = [];
    const history = await open(folder, { sqlite: async () => null, log: (sentence) => said.push(sentence) });
    await someEnds(history, 0, 2);
    assert.equal((await history.queryTasks({})).tasks.length, 2);
    assert.equal(history.status.kind, 'memory');
    assert.match(history.status.notices[0]?.sentence ?? '', /has no SQLite.*in memory/);
    assert.deepEqual(said, [history.status.notices[0]?.sentence]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('goes on in memory where nothing can be written, and says so', async (t) => {
    const folder = tempFolder(t);
    writeFileSync(join(folder, 'file'), '');
    const history = await open(join(folder, 'file', 'sub'));
    await someEnds(history, 0, 2);
    assert.equal((await history.queryTasks({})).tasks.length, 2);
    assert.equal(history.status.kind, 'memory');
    assert.match(history.status.notices.map(({ sentence }) => sentence).join(' '), /cannot be written: .*in memory/);
    await history.close();
  });

  it('sets aside what is no database, as it was, and begins a new one', async (t) => {
    const folder = tempFolder(t);
    const path = historyPath(folder, 'shop');
    writeFileSync(path, 'no database at all, but long enough to be looked at. '.repeat(100));
    const before = readFileSync(path);
    const history = await open(folder);
    await someEnds(history, 0, 2);
    assert.equal((await history.queryTasks({})).held, 2);
    const [aside = ''] = setAsideIn(folder);
    assert.deepEqual(readFileSync(join(folder, aside)), before);
    assert.match(history.status.notices[0]?.sentence ?? '', /was damaged\. It was set aside as .*corrupt-/);
    await history.close();
  });

  it('sets aside a file that was cut off', async (t) => {
    const folder = tempFolder(t);
    const first = await open(folder);
    await someEnds(first, 0, 500);
    await first.close();
    const path = historyPath(folder, 'shop');
    writeFileSync(path, readFileSync(path).subarray(0, 20_000));
    const history = await open(folder);
    await someEnds(history, 0, 2);
    assert.equal((await history.queryTasks({})).held, 2);
    assert.equal(setAsideIn(folder).length, 1);
    await history.close();
  });

  it('sets aside a file in which a damage shows only at work, and writes what was to be written to the new one', async (t) => {
    const folder = tempFolder(t);
    await damagedAtWork(folder);
    const history = await open(folder);
    assert.equal(history.status.notices.length, 0);
    await someEnds(history, 5000, 5100);
    assert.equal((await history.queryTasks({})).held, 100);
    assert.equal(setAsideIn(folder).length, 1);
    assert.equal(history.status.notices.length, 1);
    await history.close();
  });

  it('finds that another window has replaced the damaged file already, and takes the new one', async (t) => {
    const folder = tempFolder(t);
    await damagedAtWork(folder);
    const [one, two] = [await open(folder), await open(folder)];
    await someEnds(one, 0, 5);
    await someEnds(two, 5, 9);
    assert.equal(setAsideIn(folder).length, 1);
    const anew = historyPath(folder, 'shop').replace(/sqlite$/, '2.sqlite');
    assert.deepEqual([one.status.path, two.status.path], [anew, anew], 'the new file is named from then on');
    assert.equal((await one.queryTasks({ limit: 100 })).tasks.length, 9);
    await two.close();
    await someEnds(one, 20, 22);
    await one.close();
    const again = await open(folder);
    assert.equal(again.status.path, anew);
    assert.equal((await again.queryTasks({ limit: 100 })).tasks.length, 11);
    await again.close();
  });

  it('takes the new one too when another window has set aside what it had open itself', async (t) => {
    const folder = tempFolder(t);
    const one = await open(folder);
    await someEnds(one, 0, 3);
    for (const suffix of ['-wal', '-shm', '']) {
      renameSync(historyPath(folder, 'shop') + suffix, `${historyPath(folder, 'shop')}.corrupt-1${suffix}`);
    }
    const two = await open(folder);
    await someEnds(two, 3, 5);
    await someEnds(one, 5, 6);
    await someEnds(one, 6, 9);
    await one.close();
    const { tasks } = await two.queryTasks({ limit: 100 });
    assert.deepEqual(tasks.map(({ id }) => id).sort(), [3, 4, 6, 7, 8].map(idOf));
    await two.close();
  });

  it('begins a new one when somebody has deleted it', async (t) => {
    const folder = tempFolder(t);
    const history = await open(folder);
    await someEnds(history, 0, 3);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    await someEnds(history, 3, 4);
    await someEnds(history, 4, 6);
    await history.close();
    const again = await open(folder);
    assert.equal((await again.queryTasks({})).held, 2);
    await again.close();
  });

  it('leaves a file of a newer version alone, and goes on in memory', async (t) => {
    const folder = tempFolder(t);
    const first = await open(folder);
    await first.close();
    const path = historyPath(folder, 'shop');
    const database = new DatabaseSync(path);
    database.exec(`PRAGMA user_version = ${schemaVersion + 1}; PRAGMA wal_checkpoint(TRUNCATE)`);
    database.close();
    const before = readFileSync(path);
    const history = await open(folder);
    await someEnds(history, 0, 2);
    assert.equal(history.status.kind, 'memory');
    assert.match(history.status.notices[0]?.sentence ?? '', /written by a newer version.*Update Celeriac/);
    await history.close();
    assert.deepEqual(readFileSync(path), before);
    assert.deepEqual(setAsideIn(folder), []);
  });

  it('leaves a database alone that is none of its own', async (t) => {
    const folder = tempFolder(t);
    const path = historyPath(folder, 'shop');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE precious (x)');
    database.close();
    const before = readFileSync(path);
    const history = await open(folder);
    assert.equal(history.status.kind, 'memory');
    assert.match(history.status.notices[0]?.sentence ?? '', /not a history of Celeriac/);
    assert.deepEqual(readFileSync(path), before);
  });

  it('waits for a file that is locked: it loses nothing, and says so in between', async (t) => {
    const folder = tempFolder(t);
    const first = await open(folder);
    await someEnds(first, 0, 2);
    await first.close();
    const holder = new DatabaseSync(historyPath(folder, 'shop'));
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE task SET flags = 0');
    const history = await open(folder, { busyMs: 1 });
    assert.equal(history.status.kind, 'file');
    assert.match(history.status.notices[0]?.sentence ?? '', /another program has locked it/);
    await assert.rejects(history.queryTasks({}), isLocked);
    const state = makeState();
    const recording = history.record(state);
    applyAll(state, taskEvent('succeeded', 7, 7));
    await recording.stop();
    assert.equal(history.status.written, 0);
    holder.exec('COMMIT');
    holder.close();
    await recording.stop();
    assert.deepEqual([history.status.written, history.status.dropped], [1, 0]);
    assert.equal((await history.queryTasks({})).held, 3);
    await history.close();
  });

  it('waits for its turn to write while it still reads', async (t) => {
    const folder = tempFolder(t);
    const history = await open(folder, { busyMs: 1 });
    await someEnds(history, 0, 2);
    const holder = new DatabaseSync(historyPath(folder, 'shop'));
    holder.exec('BEGIN IMMEDIATE');
    await assert.rejects(history.saveAlert(anAlert), isLocked);
    assert.equal((await history.queryTasks({})).tasks.length, 2);
    holder.exec('ROLLBACK');
    holder.close();
    await history.saveAlert(anAlert);
    assert.deepEqual(await history.alerts({}), [anAlert]);
    await history.close();
  });

  it('is done by two windows at once without either seeing half a schema', async (t) => {
    const folder = tempFolder(t);
    const histories = await Promise.all([1, 2, 3, 4].map(() => open(folder)));
    for (const history of histories) assert.equal(history.status.kind, 'file');
    for (const [index, history] of histories.entries()) await someEnds(history, index * 2, index * 2 + 4);
    assert.equal((await histories[0]?.queryTasks({}))?.tasks.length, 10);
    await Promise.all(histories.map((history) => history.close()));
  });
});

const anAlert = {
  id: 'a1',
  rule: 'workerLost',
  subject: 'celery@a',
  severity: 'critical',
  raisedAt: 1,
  resolvedAt: null,
  sentence: 'Lost.',
} as const;

describe('migrations', () => {
  it('bring a file of any earlier version to the present, once', (t) => {
    const path = join(tempFolder(t), 'm.sqlite');
    const database = new DatabaseSync(path);
    const steps = ['CREATE TABLE a (x)', 'INSERT INTO a VALUES (1)', 'INSERT INTO a SELECT x + 1 FROM a'];
    migrate(database, steps.slice(0, 2));
    migrate(database, steps);
    migrate(database, steps);
    assert.equal(versionOf(database), 3);
    assert.deepEqual(
      database
        .prepare('SELECT x FROM a')
        .all()
        .map(({ x }) => x),
      [1, 2],
    );
    database.close();
  });

  it('leave the file as it was when one fails', (t) => {
    const database = new DatabaseSync(join(tempFolder(t), 'm.sqlite'));
    assert.throws(() => migrate(database, ['CREATE TABLE a (x)', 'nonsense']));
    assert.equal(versionOf(database), 0);
    assert.equal(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'], 0);
    database.close();
  });
});
