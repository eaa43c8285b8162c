import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { CeleriacError, type ErrorCode } from '../../../server/api/errors.ts';
import { createResultReader } from '../../../server/results/createResultReader.ts';
import { withoutPipes } from '../files/withoutPipes.ts';

const folder = mkdtempSync(join(tmpdir(), 'celeriac-results-'));
after(() => rmSync(folder, { recursive: true }));
const reader = createResultReader({ url: `file://${folder}` });
const write = (id: string, content: string): void => writeFileSync(join(folder, `celery-task-meta-${id}`), content);
const failsWith = (code: ErrorCode, sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof CeleriacError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, sentence);
  return true;
};

describe('a folder of results', { timeout: 10_000 }, () => {
  it('holds nothing of a task without a file', async () => {
    for (const id of ['none', 'x'.repeat(300), '../../etc/passwd', 'a\0b', '..\\x'])
      assert.deepEqual([(await reader.get(id)).found, (await reader.get(id)).status], [false, 'PENDING'], id);
  });

  it('is read without waiting for a named pipe in it', withoutPipes, async () => {
    execFileSync('mkfifo', [join(folder, 'celery-task-meta-pipe')]);
    await assert.rejects(reader.get('pipe'), failsWith('brokerMissing', /cannot be read: it is a named pipe\.$/));
  });

  it('is never left by an id', async () => {
    mkdirSync(join(folder, 'celery-task-meta-'));
    writeFileSync(join(folder, 'outside'), '{"status": "SUCCESS", "result": "leaked"}');
    symlinkSync(folder, join(folder, 'celery-task-meta-x'));
    assert.equal((await reader.get('/../outside')).found, false);
    assert.equal((await reader.get('x/outside')).found, false);
  });

  it('is read again while a worker is writing', async () => {
    write('half', '');
    const asked = reader.get('half');
    write('half', '{"status": "SUCC');
    await new Promise((resolve) => setImmediate(resolve));
    write('half', '{"status": "SUCCESS", "result": 1}');
    assert.equal((await asked).status, 'SUCCESS');
  });

  it('may hold a file that stays half written', async () => {
    write('broken', '{"status": "SUCC');
    const askedAt = performance.now();
    const { found, status, result } = await reader.get('broken');
    assert.ok(performance.now() - askedAt > 400, 'it was given time to become whole');
    assert.deepEqual([found, status, result.kind], [true, 'UNKNOWN', 'opaque']);
  });

  it('keeps a file that is too large to itself', async () => {
    write('large', 'x'.repeat(17_000_000));
    const { result } = await reader.get('large');
    assert.ok(result.kind === 'opaque' && /It has 16\.2 MiB;/.test(result.sentence));
  });

  it('tells of an end when the file is written', async () => {
    const reads: string[] = [];
    const end = reader.wait('later', {
      timeoutMs: 5_000,
      onUpdate: ({ status }) => {
        reads.push(status);
        write('later', '{"status": "SUCCESS", "result": 1}');
      },
    });
    assert.equal((await end).status, 'SUCCESS');
    assert.deepEqual(reads, ['PENDING']);
  });

  it('that is not there is an error, and so is a file in its place', async () => {
    const at = (path: string) => createResultReader({ url: `file://${path}` });
    await assert.rejects(at('/no/such').get('t'), failsWith('brokerMissing', /\/no\/such not found/));
    await assert.rejects(
      at('/no/such').wait('t', { timeoutMs: 1_000 }),
      failsWith('brokerMissing', /\/no\/such not found/),
    );
    await assert.rejects(at(join(folder, 'outside')).get('t'), failsWith('brokerMissing', /outside/));
  });

  it('has no progress of chords, and says why', async () => {
    await assert.rejects(reader.chord('c'), failsWith('unsupported', /keeps no progress of a chord/));
  });
});
