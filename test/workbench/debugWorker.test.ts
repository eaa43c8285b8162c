import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const code = `from celery import Celery

app = Celery("jobs")


@app.task(name="jobs.add")
def add(a, b):
    both = [a, b]
    total = a + b
    return {"total": total}
`;
const lineOf = (words: string): number => code.split('\n').findIndex((line) => line.includes(words)) + 1;

/** Workers and debuggers take their time on a busy machine. */
const patienceMs = 60_000;

describe('debugging a worker of one’s own', () => {
  let scene: Scene;
  let broker: LabRedis;
  let file: string;

  before(async () => {
    scene = await openScene({
      bridge: true,
      workspace: async (lab) => {
        const folder = join(lab.folder, 'workspace');
        mkdirSync(folder);
        file = join(folder, 'jobs.py');
        writeFileSync(file, code);
        writeFileSync(join(folder, '.env'), `CELERY_BROKER_URL=${broker.url}\nCELERY_RESULT_BACKEND="${broker.url}"\n`);
        return folder;
      },
      settings: async (lab) => {
        broker = await lab.redis();
        // The interpreter of a worker of this machine is the one that has what the project needs.
        await lab.worker({ broker, name: 'neighbour', queues: ['elsewhere'] });
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url }],
        };
      },
    });
    await scene.window.evaluate(
      async ({ commands, debug, Location, Position, SourceBreakpoint, Uri, window }, { path, line }) => {
        await window.showTextDocument(Uri.file(path));
        debug.addBreakpoints([new SourceBreakpoint(new Location(Uri.file(path), new Position(line - 1, 0)))]);
        await commands.executeCommand('workbench.debug.action.focusRepl');
        return null;
      },
      { path: file, line: lineOf('total = a + b') },
    );
  });
  after(() => scene?.close());

  const send = (a: number, b: number) => scene.lab.send({ broker, task: 'jobs.add', args: [a, b], queue: 'celery' });
  const stack = (): Promise<string> => scene.window.page.locator('.debug-call-stack').innerText();
  const standsInTask = () =>
    eventually(
      async () => assert.match(await stack(), RegExp(`add\\s+jobs\\.py\\s+${lineOf('total = a + b')}`)),
      patienceMs,
    );
  const shows = (words: RegExp) =>
    eventually(async () => {
      const variables = scene.window.page.locator('.debug-variables').first();
      const locals = variables.locator('.monaco-list-row').filter({ hasText: /^Locals$/ });
      if ((await locals.getAttribute('aria-expanded')) === 'false') await locals.click({ timeout: 5_000 });
      assert.match(await variables.innerText(), words);
    });
  const console = (): Promise<string> => scene.window.page.locator('.repl').innerText();
  const endsWith = (ids: readonly string[], total: number) =>
    eventually(async () => {
      const kept = await broker.cli(['get', `celery-task-meta-${ids[0]}`]);
      assert.match(kept, RegExp(`"status": "SUCCESS", "result": {"total": ${total}}`));
    }, patienceMs);
  const says = (words: RegExp) => eventually(async () => assert.match(await console(), words), patienceMs);
  const goOn = () => scene.window.runCommand('Debug: Continue');
  /** The processes of the workspace's own code. */
  const running = async (): Promise<string[]> => {
    const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args=']);
    return stdout.split('\n').filter((line) => line.includes('jobs:app') || line.includes('runTask.py'));
  };
  const stop = async (): Promise<void> => {
    await scene.window.evaluate(({ debug }) => debug.stopDebugging().then(() => null));
    await scene.window.page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: patienceMs });
    await eventually(async () => assert.deepEqual(await running(), []), patienceMs);
  };

  test('F5 without a launch.json starts the only app, and stops in its task', async () => {
    const { window } = scene;
    await window.page.locator('.editor-instance').first().click();
    await window.page.keyboard.press('F5');
    await says(/debug@\S+ ready\./);
    await send(2, 3);
    await standsInTask();
    await shows(/both =\s+\[2, 3\]/);
    await window.screenshots('debug-worker');
    await goOn();
    await says(/jobs\.add\[[^\]]*\] succeeded in [^:]*: \{'total': 5\}/);
  });

  test('begins anew with the code that was saved', async () => {
    await scene.window.evaluate(async ({ Uri, Range, WorkspaceEdit, workspace }, path) => {
      const document = await workspace.openTextDocument(Uri.file(path));
      const at = document.getText().indexOf('a + b');
      const edit = new WorkspaceEdit();
      edit.replace(document.uri, new Range(document.positionAt(at), document.positionAt(at + 5)), 'a * b');
      await workspace.applyEdit(edit);
      return document.save();
    }, file);
    await eventually(async () => assert.doesNotMatch(await console(), /succeeded/), patienceMs);
    await says(/debug@\S+ ready\./);
    await send(2, 3);
    await standsInTask();
    await goOn();
    await says(/jobs\.add\[[^\]]*\] succeeded in [^:]*: \{'total': 6\}/);
    await stop();
  });

  test('has a session for each child of a prefork pool', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Debug Worker…');
    await window.pickAsking('Press Enter to start, or change an option');
    await window.screenshot('debug-worker-form');
    await window.pick('Pool');
    await window.pick('prefork: two processes as in production, one debug session each');
    await window.pickAsking('Press Enter to start, or change an option');
    await window.pick('Start');
    await says(/debug-\S+ ready\./);
    const sent = await send(4, 5);
    await standsInTask();
    assert.match(await stack(), /Subprocess \d+[\s\S]*Subprocess \d+/);
    await window.screenshot('debug-worker-prefork');
    await goOn();
    await endsWith(sent, 20);
    await stop();
  });

  test('writes the worker into launch.json instead', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Debug Worker…');
    await window.pick('Write to launch.json');
    await eventually(() => {
      const written = readFileSync(join(file, '../.vscode/launch.json'), 'utf8');
      assert.match(written, /"app": "jobs:app",\s+"cwd": "\$\{workspaceFolder\}",\s+"pool": "solo"/);
    });
    await eventually(async () => assert.match(await window.editorText(), /"restartOnSave": false/));
    await window.screenshot('debug-worker-launch-json');
    await window.runCommand('View: Close Editor');
  });

  test('runs one task in a process of its own, with arguments that are typed', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Run Task Under Debugger…');
    await window.pickAsking('Select where to run it');
    await window.screenshot('debug-task-where');
    await window.pick('In a separate process');
    await window.promptSaying('Positional arguments');
    await window.enter('[6]');
    await window.promptSaying('Keyword arguments');
    await window.enter('{"b": 7}');
    await standsInTask();
    await shows(/both =\s+\[6, 7\]/);
    await window.screenshot('debug-task');
    await goOn();
    await says(/jobs\.add\[[^\]]*\] succeeded: \{'total': 42\}/);
    await eventually(async () => assert.deepEqual(await running(), []), patienceMs);
  });

  test('runs one task in a worker that takes nothing else, and ends it with the task', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Run Task Under Debugger…');
    await window.pick('In a separate worker, through the broker');
    await window.promptSaying('Positional arguments');
    await window.enter('[8, 9]');
    await window.promptSaying('Keyword arguments');
    await window.enter('{}');
    await standsInTask();
    await goOn();
    await eventually(async () => {
      const said = (await window.toasts()).map(({ text }) => text).join('\n');
      assert.match(said, /jobs\.add succeeded .*total.*72/);
    }, patienceMs);
    await eventually(async () => assert.deepEqual(await running(), []), patienceMs);
  });
});
