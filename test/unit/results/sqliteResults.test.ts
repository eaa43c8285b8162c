import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../../server/api/errors.ts';
import { createResultReader } from '../../../server/results/createResultReader.ts';
import { tracesOf } from '../files/traces.ts';
import { withoutPipes } from '../files/withoutPipes.ts';

const folder = mkdtempSync(join(tmpdir(), 'celeriac-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

/** What Django and django-celery-results have written; see recordDjango.py. */
const django = readFileSync(join(import.meta.dirname, 'recordedDjango.sql'), 'utf8');
/** As SQLAlchemy creates it for Celery 5.6. */
const celery =
  'CREATE TABLE celery_taskmeta (id INTEGER PRIMARY KEY, task_id VARCHAR(155) UNIQUE, status VARCHAR(50), result BLOB, date_done DATETIME, traceback TEXT);';

const databaseWith = (name: string, sql: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return path;
};
const failsWith = (code: ErrorCode, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CeleriacError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  return true;
};

describe('the tables of django-celery-results', () => {
  const reader = createResultReader({ url: `django-db+sqlite:///${databaseWith('django.db', django)}` });

  it('hold a result with its arguments, children and exact numbers', async () => {
    const result = await reader.get('done');
    assert.equal(result.status, 'SUCCESS');
    assert.deepEqual(result.result.kind === 'json' && result.result.exactText, '{"n": 3, "big": 1152921504606846976}');
    assert.deepEqual([result.name, result.args, result.kwargs, result.worker], ['shop.pay', '(1,)', "{'a': 2}", 'w@h']);
    assert.deepEqual(result.children, [[['child-1', null], null]]);
    assert.match(result.dateDone ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+$/);
  });

  it('hold an exception', async () => {
    const { result, traceback } = await reader.get('failed');
    assert.deepEqual(result, { kind: 'exception', type: 'KeyError', message: ['x'], module: 'builtins' });
    assert.equal(traceback, 'Traceback …');
  });

  it('hold who runs a task, which has no end yet', async () => {
    const { status, runningOn, dateDone } = await reader.get('running');
    assert.deepEqual([status, runningOn, dateDone], ['STARTED', { hostname: 'w@h', pid: 7 }, null]);
  });

  it('hold a pickled value that is not unpickled, and its state', async () => {
    const { status, result } = await reader.get('pickled');
    assert.equal(status, 'SUCCESS');
    assert.ok(result.kind === 'opaque' && /never unpickles.*result_serializer = 'json'/.test(result.sentence));
  });

  it('hold a saved group and a running chord', async () => {
    assert.deepEqual(await reader.group('group-1'), {
      id: 'group-1',
      taskIds: ['done', 'failed'],
      finished: 2,
      total: 2,
      byStatus: { SUCCESS: 1, FAILURE: 1 },
      sentence: null,
    });
    assert.deepEqual(await reader.chord('chord-1'), {
      id: 'chord-1',
      taskIds: ['done', 'running', 'unknown'],
      finished: 1,
      total: 3,
      byStatus: { SUCCESS: 1, STARTED: 1, PENDING: 1 },
      sentence: null,
    });
    assert.equal(await reader.group('none'), null);
    assert.equal(await reader.chord('none'), null);
  });

  it('are found without their name in the URL, and lose against the other family when that is meant', async () => {
    const path = databaseWith(
      'both.db',
      `${django} ${celery} INSERT INTO celery_taskmeta (task_id, status) VALUES ('done', 'REVOKED');`,
    );
    const statusBy = async (prefix: string) =>
      (await createResultReader({ url: `${prefix}sqlite:///${path}` }).get('done')).status;
    assert.deepEqual(await Promise.all(['django-db+', 'db+', ''].map(statusBy)), ['SUCCESS', 'REVOKED', 'REVOKED']);
    const only = createResultReader({ url: `sqlite:///${join(folder, 'django.db')}` });
    assert.equal((await only.get('done')).status, 'SUCCESS');
  });
});

describe("a file of Celery's own tables", () => {
  it('may have other names for them', async () => {
    const renamed = celery.replace('celery_taskmeta', '"my ""tasks"""');
    const path = databaseWith(
      'renamed.db',
      `${renamed} INSERT INTO "my ""tasks""" (task_id, status) VALUES ('t', 'SUCCESS');`,
    );
    const result = await createResultReader({ url: `db+sqlite:///${path}` }).get('t');
    assert.deepEqual([result.status, result.result], ['SUCCESS', { kind: 'json', value: null, exactText: null }]);
  });

  it('keeps a value that is too large to itself', async () => {
    const path = databaseWith(
      'large.db',
      `${celery} INSERT INTO celery_taskmeta (task_id, status, result) VALUES ('t', 'SUCCESS', zeroblob(17000000));`,
    );
    const { status, result } = await createResultReader({ url: `db+sqlite:///${path}` }).get('t');
    assert.equal(status, 'SUCCESS');
    assert.ok(result.kind === 'opaque' && /It has 16\.2 MiB;/.test(result.sentence));
  });

  it('is asked again while another program holds it', async () => {
    const path = databaseWith(
      'held.db',
      `${celery} INSERT INTO celery_taskmeta (task_id, status) VALUES ('t', 'SUCCESS');`,
    );
    const writer = new DatabaseSync(path);
    writer.exec('BEGIN EXCLUSIVE');
    const asked = createResultReader({ url: `db+sqlite:///${path}` }).get('t');
    const early = await Promise.race([asked, new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
    assert.equal(early, undefined);
    writer.exec('COMMIT');
    writer.close();
    assert.equal((await asked).status, 'SUCCESS');
  });

  it('tells of an end that stands in its journal only', async () => {
    const path = databaseWith('wal.db', `PRAGMA journal_mode = WAL; ${celery}`);
    const writer = new DatabaseSync(path);
    writer.exec('PRAGMA wal_autocheckpoint = 0');
    const startedAt = performance.now();
    const { status } = await createResultReader({ url: `db+sqlite:///${path}` }).wait('t', {
      timeoutMs: 5_000,
      onUpdate: () => writer.exec("INSERT INTO celery_taskmeta (task_id, status) VALUES ('t', 'SUCCESS')"),
    });
    writer.close();
    assert.equal(status, 'SUCCESS');
    // Without notice it would be the next look, a second later.
    assert.ok(performance.now() - startedAt < 900);
  });

  it('is read without a trace beside it, though its programs keep a journal there', async () => {
    const path = databaseWith(
      'quiet/results.db',
      `PRAGMA journal_mode = WAL; ${celery} INSERT INTO celery_taskmeta (task_id, status) VALUES ('t', 'SUCCESS');`,
    );
    const before = tracesOf(dirname(path));
    assert.equal((await createResultReader({ url: `db+sqlite:///${path}` }).get('t')).status, 'SUCCESS');
    assert.deepEqual(tracesOf(dirname(path)), before);
  });

  it('that is a named pipe or a device is refused at once', withoutPipes, async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.db')]);
    for (const path of [join(folder, 'pipe.db'), '/dev/zero'])
      await assert.rejects(
        createResultReader({ url: `db+sqlite:///${path}` }).get('t'),
        failsWith('brokerMissing', /cannot be read: .*: it is (a named pipe|not a regular file)\.$/),
      );
  });

  it('that is not there, not readable, no database, or without tables is an error of its own', async () => {
    const get = (path: string) => createResultReader({ url: `db+sqlite:///${path}` }).get('t');
    writeFileSync(
      join(folder, 'text.db'),
      'this is a text, and it is long enough to be no header of SQLite at all'.repeat(20),
    );
    mkdirSync(join(folder, 'folder.db'));
    await assert.rejects(get(join(folder, 'no.db')), failsWith('brokerMissing', /no\.db not found/));
    await assert.rejects(get(join(folder, 'text.db')), failsWith('brokerProtocol', /is not an SQLite database/));
    await assert.rejects(get(join(folder, 'folder.db')), failsWith('brokerMissing', /is a folder/));
    await assert.rejects(
      get(databaseWith('empty.db', 'CREATE TABLE a (b)')),
      failsWith('brokerMissing', /has no table celery_taskmeta/),
    );
  });

  it('without the right to read it says so', {
    skip: process.getuid?.() === 0 ? 'root may read everything' : false,
  }, async () => {
    const path = databaseWith('closed.db', celery);
    chmodSync(path, 0);
    await assert.rejects(
      createResultReader({ url: `db+sqlite:///${path}` }).get('t'),
      failsWith('brokerPermission', /may not read/),
    );
  });

  it('has no progress of chords, and says why', async () => {
    const path = databaseWith('chords.db', celery);
    await assert.rejects(
      createResultReader({ url: `db+sqlite:///${path}` }).chord('c'),
      failsWith('unsupported', /keeps no progress of a chord/),
    );
  });
});

it('a Node.js without SQLite says so, and reads everything else', () => {
  const module = join(import.meta.dirname, '../../../server/results/createResultReader.ts');
  const code = `
    const { createResultReader } = await import(${JSON.stringify(module)});
    await createResultReader({ url: 'db+sqlite:////x.db' }).get('t').catch((error) => console.log(error.code, error.message));
    console.log((await createResultReader({ url: ${JSON.stringify(`file://${folder}`)} }).get('t')).status);`;
  const args = ['--no-experimental-sqlite', '--input-type=module', '--eval', code];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.match(stdout, /^unsupported .*this Node\.js has no SQLite.*\nPENDING\n$/);
});
