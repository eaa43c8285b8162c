import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { bundle } from './harness/bundle.ts';
import { eventually } from './harness/eventually.ts';
import { openWorkbench } from './harness/openWorkbench.ts';
import { descendantsOf, isRunning } from './harness/processes.ts';
import { allThemes } from './harness/themes.ts';
import { takeTurn } from './harness/turn.ts';
import { startVsCode, type VsCode } from './harness/vscode.ts';
import type { Workbench } from './harness/workbench.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const fixture = join(fixtures, 'extension');

describe('the harness, on a very small extension', () => {
  let vscode: VsCode;
  let window: Workbench;
  let endTurn: () => void;

  before(async () => {
    endTurn = await takeTurn();
    await bundle(join(fixture, 'extension.ts'), join(fixture, 'dist', 'extension.cjs'));
    vscode = await startVsCode({ developmentExtensions: [fixture] });
    window = await openWorkbench(vscode, { bridge: true });
    await window.openSidebar('Fixture');
  });
  after(async () => {
    await window?.close();
    await vscode?.stop();
    endTurn?.();
  });

  const labels = async () => (await window.treeRows('Rows')).map((row) => row.label);

  test('reads rows as they are drawn', async () => {
    const first = {
      label: 'first',
      description: 'row 1',
      spoken: 'first row 1',
      icon: 'pass',
      level: 1,
      expanded: false,
    };
    await eventually(async () => assert.deepEqual(await window.treeRows('Rows'), [first]));
  });

  test('expands a row', async () => {
    await window.expand('Rows', 'first');
    await eventually(async () => assert.deepEqual(await labels(), ['first', 'below first']));
  });

  test('runs a command by its title, and sees the tree and the status bar follow', async () => {
    await window.runCommand('Fixture: Add Row');
    await eventually(async () => assert.ok((await labels()).includes('row 2')));
    await eventually(async () => assert.ok((await window.statusBar()).some(({ text }) => text === '2 rows')));
  });

  test('reads what an empty view offers instead', async () => {
    assert.deepEqual(await window.welcome('Empty'), ['There is nothing here.', 'Add Row']);
  });

  test('answers a quick pick, an input box and a modal dialog', async () => {
    await window.runCommand('Fixture: Ask');
    assert.deepEqual(
      (await window.quickPickItems()).map((item) => item.label),
      ['apple', 'pear'],
    );
    await window.pick('pear');
    await window.promptSaying('How many?');
    await window.enter('3');
    const asked = { severity: 'warning', text: 'Eat them all?', detail: '3 × pear', buttons: ['Cancel', 'Eat'] };
    await eventually(async () => assert.deepEqual(await window.dialogs(), [asked]));
    await window.press('Eat');
    await eventually(async () => assert.ok((await labels()).includes('Eat: 3 × pear')));
  });

  test('reads a toast and presses its button', async () => {
    await window.runCommand('Fixture: Warn');
    const warned = { severity: 'warning', text: 'Mind the gap.', detail: '', buttons: ['Show', 'Mute'] };
    await eventually(async () => assert.deepEqual(await window.toasts(), [warned]));
    await window.press('Mute');
    await eventually(async () => assert.deepEqual(await window.toasts(), []));
  });

  test('asks the API of VS Code in the same window', async () => {
    const read = await window.evaluate(
      (vscode, id: string) => vscode.extensions.getExtension(id)?.exports.rows[0],
      'celeriac-tests.fixture',
    );
    assert.equal(read, 'first');
    assert.equal(await window.evaluate(({ workspace }) => workspace.isTrusted), true);
  });

  test('hands on what the extension host throws', async () => {
    const failing = window.evaluate((vscode) => vscode.commands.executeCommand('no.such.command'));
    await assert.rejects(failing, /In the extension host: .*no\.such\.command/s);
  });

  test('keeps a picture in each theme, and no two are the same', async () => {
    const files = await window.screenshots('fixture', allThemes);
    const pictures = files.map((file) => readFileSync(file, 'base64'));
    assert.equal(new Set(pictures).size, allThemes.length);
  });

  test('finds nothing to complain about', () => assert.deepEqual(window.errors, []));
});

describe('a VS Code', () => {
  let endTurn: () => void;
  before(async () => {
    endTurn = await takeTurn();
  });
  after(() => endTurn?.());

  test('leaves no process and no folder when it is stopped', async () => {
    const vscode = await startVsCode({});
    await vscode.stop();
    assert.equal(existsSync(vscode.folder), false);
    await assert.rejects(fetch(vscode.url));
  });

  test('leaves a workspace untrusted where that is wanted', async () => {
    const vscode = await startVsCode({ trust: false });
    try {
      const window = await openWorkbench(vscode, { bridge: true });
      assert.equal(await window.evaluate(({ workspace }) => workspace.isTrusted), false);
      await window.close();
    } finally {
      await vscode.stop();
    }
  });

  test('ends, with its window, even if the process that started it is killed -9', async (context) => {
    const child = spawn(process.execPath, [join(fixtures, 'openAndWait.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    context.after(() => child.kill('SIGKILL'));
    const failed = once(child, 'exit').then(() => assert.fail('It did not get as far as an open window.'));
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), failed]);
    failed.catch(() => undefined);
    const { folder, url } = JSON.parse(line) as { folder: string; url: string };
    const started = await descendantsOf(child.pid ?? 0);
    for (const part of [/code-server/, /extensionHost/, /chrom/])
      assert.ok(
        started.some(({ command }) => part.test(command)),
        `${part} is not running.`,
      );
    child.kill('SIGKILL');
    for (const each of started) await eventually(async () => assert.ok(!(await isRunning(each)), each.command));
    await eventually(() => assert.equal(existsSync(folder), false));
    await assert.rejects(fetch(url));
  });
});
