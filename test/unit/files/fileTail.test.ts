import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FileTail } from '../../../server/files/fileTail.ts';
import { withoutPipes } from './withoutPipes.ts';

const aFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-tail-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const reading = (tail: FileTail) => async () => {
  const appended = await tail.read();
  return appended && [appended.bytes.toString(), appended.isNew];
};

test('what was in a file before the first look is not read; what is appended is read once', async (t) => {
  const file = join(aFolder(t), 'log');
  writeFileSync(file, 'before');
  const read = reading(new FileTail(file, 100));
  assert.deepEqual(await read(), ['', true]);
  appendFileSync(file, 'one');
  assert.deepEqual(await read(), ['one', false]);
  assert.deepEqual(await read(), ['', false]);
});

test('a file that comes later, was truncated or was replaced is read from its beginning', async (t) => {
  const file = join(aFolder(t), 'log');
  const read = reading(new FileTail(file, 100));
  assert.equal(await read(), null);
  writeFileSync(file, 'came');
  assert.deepEqual(await read(), ['came', true]);
  truncateSync(file);
  appendFileSync(file, 'cut');
  assert.deepEqual(await read(), ['cut', true]);
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'replaced');
  assert.deepEqual(await read(), ['replaced', true]);
});

test('of much that was appended only the end is read', async (t) => {
  const file = join(aFolder(t), 'log');
  writeFileSync(file, '');
  const read = reading(new FileTail(file, 4));
  await read();
  appendFileSync(file, '0123456789');
  assert.deepEqual(await read(), ['6789', false]);
});

test('a named pipe, a folder and a device count as missing and keep nobody waiting', withoutPipes, async (t) => {
  const folder = aFolder(t);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const path of [join(folder, 'pipe'), folder, '/dev/zero'])
    assert.equal(await new FileTail(path, 100).read(), null);
});
