import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { replaceFile } from '../../../../extension/taskExport/replaceFile.ts';

const somewhere = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-export-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'tasks.csv'), 'before');
  return folder;
};

describe('a file that is exported to', () => {
  it('holds what was written when all of it is', async (t) => {
    const folder = somewhere(t);
    const count = await replaceFile(join(folder, 'tasks.csv'), async (file) => {
      file.write('after');
      return 7;
    });
    assert.equal(count, 7);
    assert.equal(readFileSync(join(folder, 'tasks.csv'), 'utf8'), 'after');
    assert.deepEqual(readdirSync(folder), ['tasks.csv']);
  });

  it('holds what it held when the export is cancelled', async (t) => {
    const folder = somewhere(t);
    const cancelled = replaceFile(join(folder, 'tasks.csv'), async (file) => {
      file.write('aft');
      throw new Error('cancelled');
    });
    await assert.rejects(cancelled, /cancelled/);
    assert.equal(readFileSync(join(folder, 'tasks.csv'), 'utf8'), 'before');
    assert.deepEqual(readdirSync(folder), ['tasks.csv']);
  });

  it('is refused where something else has its name', async (t) => {
    const folder = somewhere(t);
    mkdirSync(join(folder, 'folder'));
    await assert.rejects(
      replaceFile(join(folder, 'folder'), async () => undefined),
      /is not a regular file/,
    );
  });
});
