import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { mayExecute, type PathStep } from '../../../server/debugging/executableTrust.ts';
import { processReach } from '../../../server/debugging/processReach.ts';
import { stepsTo } from '../../../server/debugging/stepsTo.ts';

const step = (uid: number, mode: number, kind: 'folder' | 'file' | 'link' = 'folder'): PathStep => ({
  uid,
  mode,
  isFolder: kind === 'folder',
  isLink: kind === 'link',
});
const system = [step(0, 0o755), step(0, 0o755), step(0, 0o755, 'file')];

describe('a program that a process names', () => {
  it('is run when the process and the way to the program are ours or root’s', () => {
    assert.equal(mayExecute({ own: 1000, owner: 1000, steps: system }), true);
    assert.equal(mayExecute({ own: 0, owner: 0, steps: system }), true);
    assert.equal(mayExecute({ own: 1000, owner: 1000, steps: [step(0, 0o755), step(1000, 0o700, 'file')] }), true);
  });

  it('is not run when the process is another user’s, even for root', () => {
    assert.equal(mayExecute({ own: 0, owner: 1000, steps: system }), false);
    assert.equal(mayExecute({ own: 1000, owner: 1001, steps: system }), false);
    assert.equal(mayExecute({ own: 1000, owner: 0, steps: system }), false);
  });

  it('is not run when another user owns it, a folder or a link on the way', () => {
    for (const kind of ['folder', 'file', 'link'] as const)
      assert.equal(mayExecute({ own: 0, owner: 0, steps: [...system, step(1000, 0o755, kind)] }), false, kind);
  });

  it('is not run when everybody may replace it', () => {
    assert.equal(mayExecute({ own: 0, owner: 0, steps: [...system, step(0, 0o777)] }), false);
    assert.equal(mayExecute({ own: 0, owner: 0, steps: [...system, step(0, 0o777, 'file')] }), false);
    assert.equal(mayExecute({ own: 0, owner: 0, steps: [step(0, 0o1777), step(0, 0o755, 'file')] }), true);
    assert.equal(mayExecute({ own: 0, owner: 0, steps: [...system, step(0, 0o777, 'link')] }), true);
  });

  it('is not run when the way to it could not be looked at', () => {
    assert.equal(mayExecute({ own: 0, owner: 0, steps: null }), false);
    assert.equal(mayExecute({ own: 0, owner: 0, steps: [] }), false);
  });
});

const tempFolder = (t: TestContext): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'celeriac-trust-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const onLinux = { skip: process.platform !== 'linux' && 'Only Linux tells of processes.' };

describe('the way to a program', onLinux, () => {
  it('holds what every link on it leads through', async (t) => {
    const folder = tempFolder(t);
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'second'));
    symlinkSync('second', join(folder, 'first'));
    copyFileSync('/bin/true', join(folder, 'real', 'python'));
    const steps = (await stepsTo(join(folder, 'first', 'python'))) ?? [];
    const above = folder.split('/').length;
    assert.equal(steps.filter(({ isLink }) => isLink).length, 2);
    assert.equal(steps.at(-1)?.isFolder, false);
    assert.ok(steps.length > above + 3);
  });

  it('is unknown where links lead in a circle or nowhere', async (t) => {
    const folder = tempFolder(t);
    symlinkSync('circle', join(folder, 'circle'));
    assert.equal(await stepsTo(join(folder, 'circle', 'python')), null);
    assert.equal(await stepsTo(join(folder, 'missing')), null);
    assert.equal(await stepsTo('python'), null);
  });
});

/** A program called python that waits, in a folder of its own. */
const waitingPython = async (t: TestContext, uid: number): Promise<{ child: ChildProcess; program: string }> => {
  const folder = tempFolder(t);
  chmodSync(folder, 0o755);
  const program = join(folder, 'python3');
  copyFileSync('/bin/sleep', program);
  for (const path of [folder, program]) chownSync(path, uid, uid);
  const child = spawn(program, ['60'], { uid, gid: uid, stdio: 'ignore' });
  t.after(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  await once(child, 'spawn');
  return { child, program };
};

const asRoot = { skip: (process.platform !== 'linux' || process.getuid?.() !== 0) && 'Only root can be another user.' };
const nobody = 65_534;

describe('the interpreters of a process of this machine', asRoot, () => {
  it('are named when the process is our own', async (t) => {
    const { child, program } = await waitingPython(t, 0);
    assert.deepEqual((await processReach(child.pid ?? 0)).pythons, [program]);
  });

  it('are not named to root when the process is another user’s', async (t) => {
    const { child } = await waitingPython(t, nobody);
    assert.deepEqual((await processReach(child.pid ?? 0)).pythons, []);
  });

  it('are not named when everybody may replace them', async (t) => {
    const { child, program } = await waitingPython(t, 0);
    chmodSync(program, 0o777);
    assert.deepEqual((await processReach(child.pid ?? 0)).pythons, []);
  });
});
