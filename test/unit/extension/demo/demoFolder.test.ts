import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { demoFolderState, makeDemoFolder, removeDemoFolder } from '../../../../extension/demo/demoFolder.ts';
import { refuseForeignVenv, removeVenv } from '../../../../extension/demo/demoVenv.ts';
import { tracesOf } from '../../files/traces.ts';

const marker = 'celeriac-demo.pid';
const tempFolder = (t: TestContext, prefix: string, root = realpathSync(tmpdir())): string => {
  const folder = mkdtempSync(join(root, prefix));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'precious'), 'mine');
  return folder;
};
const endedPid = (): string => String(spawnSync(process.execPath, ['-e', '']).pid);

const stays = (folder: string): void => {
  const before = tracesOf(folder);
  assert.equal(demoFolderState(folder), 'foreign');
  removeDemoFolder(folder);
  assert.deepEqual(tracesOf(folder), before);
};

describe('a folder that the settings call one of the demo', () => {
  it('is deleted when it was made here, by a window that runs or one that has ended', () => {
    const folder = makeDemoFolder();
    assert.equal(demoFolderState(folder), 'running');
    removeDemoFolder(folder);
    assert.equal(demoFolderState(folder), 'gone');

    const left = makeDemoFolder();
    writeFileSync(join(left, marker), endedPid());
    assert.equal(demoFolderState(left), 'left');
    removeDemoFolder(left);
    assert.equal(existsSync(left), false);
  });

  it('stays when it lacks the marker', (t) => {
    stays(tempFolder(t, 'celeriac-demo-'));
  });

  it('stays when it lies elsewhere', (t) => {
    const folder = tempFolder(t, 'celeriac-demo-', tempFolder(t, 'project-'));
    writeFileSync(join(folder, marker), endedPid());
    stays(folder);
  });

  it('stays when it is called otherwise, or named through another folder', (t) => {
    const folder = tempFolder(t, 'celeriac-demonstration-');
    writeFileSync(join(folder, marker), endedPid());
    stays(folder);
    const made = makeDemoFolder();
    t.after(() => removeDemoFolder(made));
    assert.equal(demoFolderState(`${made}/../${made.split('/').at(-1)}/.`), 'foreign');
  });

  it('stays when its marker is a link or no number', (t) => {
    const folder = makeDemoFolder();
    t.after(() => rmSync(folder, { recursive: true }));
    rmSync(join(folder, marker));
    symlinkSync('/etc/hostname', join(folder, marker));
    stays(folder);
  });

  it('stays when it is a link to another folder', (t) => {
    const precious = tempFolder(t, 'precious-');
    writeFileSync(join(precious, marker), endedPid());
    const link = makeDemoFolder();
    rmSync(link, { recursive: true });
    symlinkSync(precious, link);
    t.after(() => rmSync(link));
    const before = tracesOf(precious);
    removeDemoFolder(link);
    assert.deepEqual(tracesOf(precious), before);
    assert.ok(existsSync(link));
  });

  it('is deleted without what links in it lead to', (t) => {
    const precious = tempFolder(t, 'precious-');
    const folder = makeDemoFolder();
    symlinkSync(precious, join(folder, 'messages'));
    const before = tracesOf(precious);
    removeDemoFolder(folder);
    assert.equal(existsSync(folder), false);
    assert.deepEqual(tracesOf(precious), before);
  });
});

describe('the place of the demo’s virtual environment', () => {
  it('is cleared when an environment or nothing is there', (t) => {
    const folder = join(tempFolder(t, 'storage-'), 'demo-python');
    refuseForeignVenv(folder);
    mkdirSync(folder);
    refuseForeignVenv(folder);
    writeFileSync(join(folder, 'pyvenv.cfg'), '');
    refuseForeignVenv(folder);
    removeVenv(folder);
    assert.equal(existsSync(folder), false);
  });

  it('is left alone when it is a link, or holds what is no environment', (t) => {
    const storage = tempFolder(t, 'storage-');
    const precious = tempFolder(t, 'precious-');
    writeFileSync(join(precious, 'pyvenv.cfg'), '');
    symlinkSync(precious, join(storage, 'link'));
    for (const folder of [join(storage, 'link'), tempFolder(t, 'files-')]) {
      const before = readdirSync(folder);
      assert.throws(() => refuseForeignVenv(folder), /is not a virtual environment/);
      removeVenv(folder);
      assert.deepEqual(readdirSync(folder), before);
    }
  });
});
