import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gdbFails } from '../../server/debugging/gdbFails.ts';
import { type LabFilesystem, type LabWorker, until } from '../lab/lab.ts';
import { listeningWorker } from '../lab/listeningWorker.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const file = join(import.meta.dirname, '../lab/python/lab_app.py');
const words = 'if time.monotonic() > deadline';
const line = readFileSync(file, 'utf8')
  .split('\n')
  .findIndex((each) => each.includes(words));

describe('attaching debugpy to a running task', () => {
  let scene: Scene;
  let listening: LabWorker;
  let plain: LabWorker;
  const brokers = new Map<string, LabFilesystem>();

  before(async () => {
    scene = await openScene({
      bridge: true,
      settings: async (lab) => {
        const [first, second] = [await lab.filesystem(), await lab.filesystem()];
        brokers.set('first', first).set('second', second);
        const started = await Promise.all([
          listeningWorker(lab, { broker: first, name: 'api', concurrency: 2 }),
          lab.worker({ broker: second, name: 'mail', concurrency: 2, queues: ['default'] }),
        ]);
        listening = started[0].worker;
        plain = started[1];
        return {
          'celeriac.connections': [
            { name: 'listening', url: first.url, transportOptions: first.transportOptions },
            { name: 'plain', url: second.url, transportOptions: second.transportOptions },
          ],
        };
      },
    });
    await scene.window.evaluate(
      (vscode, place) => {
        const at = new vscode.Position(place.line, 0);
        const location = new vscode.Location(vscode.Uri.file(place.file), at);
        vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
      },
      { file, line },
    );
  });
  after(() => scene?.close());

  /** Starts a task that runs until its file is there. */
  const run = async (name: string): Promise<string> => {
    const path = join(scene.lab.folder, name);
    const broker = brokers.get(name);
    assert.ok(broker);
    await scene.lab.send({ broker, task: 'lab.until_file', args: [path, 600], queue: 'default' });
    return path;
  };
  const attachFromRow = async (worker: string): Promise<void> => {
    const { window } = scene;
    await window.expand('Clusters', worker);
    await eventually(() => window.row('Clusters', 'lab.until_file').waitFor({ timeout: 3_000 }), 60_000);
    await window.chooseFromMenu('Clusters', 'lab.until_file', 'Attach Debugger');
  };
  const stack = (): Promise<string> => scene.window.page.locator('.debug-call-stack').innerText();
  const stops = async (): Promise<void> => {
    await scene.window.page.locator('.debug-toolbar').waitFor({ timeout: 60_000 });
    await eventually(
      async () => assert.match(await stack(), RegExp(`until_file\\s+lab_app\\.py\\s+${line + 1}`)),
      60_000,
    );
  };
  /** Names what is debugged, and by which way. */
  const sessionName = (): Promise<string> => scene.window.evaluate(({ debug }) => debug.activeDebugSession?.name ?? '');
  /** Of the editor that is open, at its first task. */
  const quickFixes = (): Promise<string[]> =>
    scene.window.evaluate(async (vscode, path) => {
      const document = await vscode.workspace.openTextDocument(path);
      const task = document
        .getText()
        .split('\n')
        .findIndex((each) => each.startsWith('@app.task'));
      const range = new vscode.Range(task, 0, task, 0);
      const command = 'vscode.executeCodeActionProvider';
      const actions = await vscode.commands.executeCommand<{ title: string }[]>(command, document.uri, range);
      return actions.map(({ title }) => title);
    }, file);
  const isOver = () => scene.window.page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 60_000 });
  const succeeds = (worker: LabWorker, path: string) =>
    until(
      'the task succeeds',
      () => worker.output().includes(`: '${path}'`) && /succeeded in/.test(worker.output()),
      60_000,
    );

  test('from its row, in the child of the pool that runs it, where debugpy listens', async () => {
    const { window } = scene;
    const path = await run('first');
    await attachFromRow('api@lab');
    await stops();
    assert.match(await sessionName(), /lab\.until_file [0-9a-f]{8} · 127\.0\.0\.1:\d+/);
    const locals = window.page.locator('.debug-variables .monaco-list-row').filter({ hasText: /^Locals$/ });
    await eventually(async () => {
      if ((await locals.getAttribute('aria-expanded')) === 'false') await locals.click({ timeout: 5_000 });
      const variables = await window.page.locator('.debug-variables').first().innerText();
      assert.match(variables, /timeout =\s+600/);
    }, 60_000);
    await eventually(async () => assert.match(await window.editorText(), /if time\.monotonic\(\) > deadline/));
    await window.screenshots('debugpy-stopped');
    assert.match((await quickFixes()).join(), /Have the workers of this app listen for a debugger/);

    // Stopped as the API of VS Code stops sessions, which asks debuggers to end what they debug.
    await window.evaluate((vscode) => vscode.debug.stopDebugging().then(() => null));
    await isOver();
    writeFileSync(path, '');
    await succeeds(listening, path);
    assert.doesNotMatch(listening.output(), /WorkerLost|exited prematurely|Traceback/);
  });

  test('by its process id where it does not; a window that is closed leaves a task that succeeds', async (t) => {
    const { window } = scene;
    const path = await run('second');
    await until('the task runs', () => /until_file\[.*received/.test(plain.output()), 60_000);
    await window.runCommand('Celery: Attach Debugger…');
    await window.pickAsking('Select a connection');
    // A mouse that stays where the last list was has a row of the next one explain itself, over its neighbours.
    await window.pick('plain');
    await window.page.mouse.move(700, 600);
    await window.pickAsking('Select a worker or a task of plain');
    await window.pick('mail@lab');
    await window.page.mouse.move(700, 600);
    await window.pickAsking('Select a process');
    const [busy] = await window.quickPickItems();
    assert.match(busy?.description ?? '', /^lab\.until_file/);
    await window.page.keyboard.press('Enter');
    await window.pickAsking('Select how to reach the process');
    const ways = await window.quickPickItems();
    await window.screenshots('debugpy-ways');
    if (await gdbFails()) {
      assert.match(JSON.stringify(ways), /gdb of this machine is too old/);
      await window.page.keyboard.press('Escape');
      writeFileSync(path, '');
      await succeeds(plain, path);
      t.skip('the gdb of this machine cannot run code in a process');
      return;
    }
    const inject = ways.find(({ label }) => /Inject debugpy into Process \d+/.test(label));
    assert.ok(inject && inject === ways[0]);
    await window.page.keyboard.press('Enter');
    await stops();
    assert.match(await sessionName(), /lab\.until_file [0-9a-f]{8} · pid \d+/);
    await window.page.goto('about:blank');
    writeFileSync(path, '');
    await succeeds(plain, path);
    assert.doesNotMatch(plain.output(), /WorkerLost|exited prematurely|Traceback/);
  });
});
