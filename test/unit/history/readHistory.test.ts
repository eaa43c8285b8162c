import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { setAside } from '../../../server/history/generations.ts';
import { pragma, schemaVersion, versionOf } from '../../../server/history/historyFormat.ts';
import { historyPath } from '../../../server/history/openHistory.ts';
import { readHistory } from '../../../server/history/readHistory.ts';
import { tracesOf } from '../files/traces.ts';
import { withoutPipes } from '../files/withoutPipes.ts';
import { applyAll, makeState, taskEvent } from '../state/someEvents.ts';
import { open, record, tempFolder } from './somethingKept.ts';

const recorded = async (folder: string, count: number) => {
  const history = await open(folder);
  const state = makeState();
  await record(history, state, () => {
    for (let index = 0; index < count; index++) applyAll(state, taskEvent('succeeded', index, index));
  });
  return { history, path: historyPath(folder, 'shop') };
};

const countIn = (path: string): Promise<number> => readHistory(path, (reader) => reader.queryTasks({}).tasks.length);

/** The log and its index as a recorder that was killed leaves them. */
const abandoned = async (t: TestContext, left: readonly string[]): Promise<string> => {
  const { history, path } = await recorded(tempFolder(t), 3);
  const folder = tempFolder(t);
  const copy = join(folder, 'abandoned.history.sqlite');
  for (const suffix of left) copyFileSync(path + suffix, copy + suffix);
  await history.close();
  return copy;
};

const refused = async (path: string): Promise<string> => {
  try {
    await countIn(path);
  } catch (error) {
    assert.ok(error instanceof CeleriacError, String(error));
    return error.message;
  }
  return assert.fail('It was read.');
};

describe('reading a history', () => {
  const strangers: Readonly<Record<string, Buffer | string>> = {
    'a byte': 'x',
    text: 'root:x:0:0:root:/root:/bin/bash\n'.repeat(40),
    rubbish: Buffer.alloc(8192, 0xa5),
    nothing: '',
    'the name of SQLite and rubbish': Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xa5)]),
  };
  for (const [what, content] of Object.entries(strangers))
    it(`refuses a file that holds ${what}, and changes nothing`, async (t) => {
      const folder = tempFolder(t);
      const path = join(folder, 'passwd');
      writeFileSync(path, content);
      const before = tracesOf(folder);
      assert.match(await refused(path), /not a history of Celeriac/);
      assert.deepEqual(tracesOf(folder), before);
    });

  it('refuses the database of another program, and changes nothing', async (t) => {
    const folder = tempFolder(t);
    const path = join(folder, 'places.sqlite');
    const other = new DatabaseSync(path);
    other.exec('PRAGMA journal_mode = WAL; CREATE TABLE task (id); PRAGMA wal_checkpoint(TRUNCATE)');
    other.close();
    const before = tracesOf(folder);
    assert.match(await refused(path), /places\.sqlite is a database, but not a history of Celeriac/);
    assert.deepEqual(tracesOf(folder), before);
  });

  it('refuses a history of ours that was cut short, and leaves it for whoever can save it', async (t) => {
    const folder = tempFolder(t);
    const { history, path } = await recorded(folder, 2_000);
    await history.close();
    truncateSync(path, 8192);
    const before = tracesOf(folder);
    assert.match(await refused(path), /is damaged and cannot be read\. It was not changed\./);
    assert.deepEqual(tracesOf(folder), before);
  });

  it('refuses a folder, a named pipe, a device and a circle of links at once', withoutPipes, async (t) => {
    const folder = tempFolder(t);
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('circle', join(folder, 'circle'));
    assert.match(await refused(join(folder, 'folder')), /it is a folder/);
    assert.match(await refused(join(folder, 'pipe')), /it is a named pipe/);
    assert.match(await refused(join(folder, 'circle')), /form a loop/);
    assert.match(await refused('/dev/zero'), /it is not a regular file/);
    assert.match(await refused(join(folder, 'missing')), /File .* not found/);
  });

  it('leaves no file beside a history that nobody has open', async (t) => {
    const folder = tempFolder(t);
    const { history, path } = await recorded(folder, 3);
    await history.close();
    const before = tracesOf(folder);
    assert.equal(await countIn(path), 3);
    assert.deepEqual(tracesOf(folder), before);
  });

  it('reads beside a recorder what only its log holds yet', async (t) => {
    const folder = tempFolder(t);
    const { history, path } = await recorded(folder, 3);
    const names = tracesOf(folder).map((each) => each.split(' ')[0]);
    assert.ok(names.some((name) => name?.endsWith('-wal')));
    assert.equal(await countIn(path), 3);
    assert.deepEqual(
      tracesOf(folder).map((each) => each.split(' ')[0]),
      names,
    );
    await history.close();
  });

  for (const [what, left] of [
    ['its log and its index', ['', '-wal', '-shm']],
    ['only its log', ['', '-wal']],
  ] as const)
    it(`reads what a killed recorder left in ${what}, and changes nothing`, async (t) => {
      const path = await abandoned(t, left);
      const folder = join(path, '..');
      const before = tracesOf(folder);
      assert.equal(await countIn(path), 3);
      assert.deepEqual(tracesOf(folder), before);
    });

  it('follows a link to a history', async (t) => {
    const folder = tempFolder(t);
    const { history, path } = await recorded(folder, 3);
    await history.close();
    symlinkSync(path, join(folder, 'link'));
    assert.equal(await countIn(join(folder, 'link')), 3);
  });

  it('knows the format that the recorder writes', async (t) => {
    const folder = tempFolder(t);
    const { history, path } = await recorded(folder, 1);
    await history.close();
    const database = new DatabaseSync(path, { readOnly: true });
    t.after(() => database.close());
    assert.equal(versionOf(database), schemaVersion);
    assert.equal(pragma(database, 'application_id'), 0x43454c59);
  });
});

describe('a recorder whose place is taken', () => {
  it('sets no file aside that is not named as its own are', (t) => {
    const folder = tempFolder(t);
    for (const name of ['passwd', 'orders.sqlite', 'shop.history.sqlite', 'shop-0123456789.history.sqlite.bak']) {
      writeFileSync(join(folder, name), 'x');
      const before = tracesOf(folder);
      assert.throws(() => setAside(join(folder, name), 0), /does not have the name of a history file/);
      assert.deepEqual(tracesOf(folder), before);
    }
  });

  for (const content of ['x', 'some notes of somebody '.repeat(100)])
    it(`keeps ${content.length} bytes of somebody else under another name`, async (t) => {
      const folder = tempFolder(t);
      const path = historyPath(folder, 'shop');
      writeFileSync(path, content);
      chmodSync(path, 0o600);
      const { history } = await recorded(folder, 2);
      t.after(() => history.close());
      assert.equal((await history.queryTasks({})).tasks.length, 2);
      const kept = tracesOf(folder).filter((each) => each.includes('.corrupt-'));
      assert.equal(kept.length, 1);
      writeFileSync(path, content);
      const hashOf = (line: string | undefined): string | undefined => line?.split(' ').at(-1);
      assert.equal(
        hashOf(kept[0]),
        hashOf(tracesOf(folder).find((each) => each.startsWith(`${path.slice(folder.length + 1)} `))),
      );
      rmSync(path);
    });
});
