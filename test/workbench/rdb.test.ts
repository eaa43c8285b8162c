import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { placeInLine } from '../../server/api/rdbPlace.ts';
import { freePort } from '../lab/freePort.ts';
import { type LabRedis, type LabWorker, until } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { backendsOf } from './harness/processes.ts';
import { openScene, type Scene } from './harness/scene.ts';

const labApp = join(import.meta.dirname, '../lab/python/lab_app.py');
const source = readFileSync(labApp, 'utf8').split('\n');
const lineOf = (words: string): number => source.findIndex((line) => line.includes(words)) + 1;

describe('attaching to a task that waits in rdb', () => {
  let scene: Scene;
  let broker: LabRedis;
  let worker: LabWorker;
  let waited = 0;

  before(async () => {
    const env = { CELERY_RDB_PORT: String(await freePort()) };
    scene = await openScene({
      env,
      workspace: async (lab) => {
        // The workspace has a copy of what the worker runs elsewhere, as with a container.
        const folder = join(lab.folder, 'workspace', 'src');
        mkdirSync(folder, { recursive: true });
        copyFileSync(labApp, join(folder, 'lab_app.py'));
        return join(lab.folder, 'workspace');
      },
      settings: async (lab) => {
        broker = await lab.redis();
        worker = await lab.worker({ broker, name: 'api', queues: ['default'], env, args: ['--time-limit=600'] });
        const local = join(lab.folder, 'workspace', 'src');
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url, environment: 'prod' }],
          // Else the words in a terminal are a picture.
          'terminal.integrated.gpuAcceleration': 'off',
          'celeriac.debug.pathMappings': { [join(labApp, '..')]: local },
        };
      },
    });
  });
  after(() => scene?.close());

  /** A task waits; answers the port. */
  const wait = async (): Promise<number> => {
    await scene.lab.send({ broker, task: 'lab.rdb', queue: 'default' });
    waited += 1;
    return until('a task waits for a debugger', () => banners()[waited - 1], 60_000);
  };
  const banners = (): number[] =>
    worker
      .output()
      .split('\n')
      .flatMap((line) => placeInLine(line)?.place.port ?? []);
  const succeeded = (times: number) =>
    eventually(() => {
      const results = worker.output().match(/lab\.rdb\[.*succeeded in .*: \[106, 'Käthe 🥕', 1000000\]/g) ?? [];
      assert.equal(results.length, times, worker.output().slice(-2_000));
    }, 60_000);

  const waits = () =>
    eventually(async () => {
      const [toast] = await scene.window.toasts();
      assert.match(toast?.text ?? '', /^lab\.rdb \(\w{8}…\) on api@lab is paused in rdb until a debugger attaches\.$/);
    }, 60_000);
  const attach = async (port: number, how: 'told' | 'typed'): Promise<void> => {
    const { window } = scene;
    await waits();
    if (how === 'told') {
      await window.screenshots('rdb-waits');
      await window.press('Attach');
    } else {
      await window.clearToasts();
      await window.runCommand('Celery: Attach to Remote Debugger (rdb)…');
      await window.pickAsking('Select a task');
      await window.pick('Enter Host and Port…');
      await window.promptSaying('Host and port');
      await window.enter(`127.0.0.1:${port}`);
    }
    await agree();
    await window.page.locator('.debug-toolbar').waitFor({ timeout: 60_000 });
    await eventually(async () => assert.match(await stack(), /debugged/), 60_000);
  };
  /** It is production: what stands still is said first. */
  const agree = async (): Promise<void> => {
    const { window } = scene;
    await eventually(async () => {
      const [dialog] = await window.dialogs();
      assert.equal(dialog?.text, 'Attach to lab.rdb on api@lab?');
      const words =
        /^The only process of api@lab is paused: .* In \d+:\d\d the hard time limit of 600 s kills its process/;
      assert.match(dialog?.detail ?? '', words);
      assert.match(dialog?.detail ?? '', /Connection: shop \(prod, read-only\)$/);
    });
    await window.screenshot('rdb-question');
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Attach', exact: true }).click();
  };
  const stack = (): Promise<string> => scene.window.page.locator('.debug-call-stack').innerText();
  const variables = (): Promise<string> => scene.window.page.locator('.debug-variables').first().innerText();
  const press = (button: string) =>
    scene.window.page
      .locator('.debug-toolbar')
      .getByRole('button', { name: new RegExp(`^${button}`) })
      .click();
  const standsAt = (line: number) =>
    eventually(async () => assert.match(await stack(), RegExp(`debugged\\s+lab_app\\.py\\s+${line}:1`)));
  const isOver = () => scene.window.page.locator('.debug-toolbar').waitFor({ state: 'hidden', timeout: 60_000 });

  test('shows where it stands, in the file of the workspace, and what its variables are', async () => {
    await attach(await wait(), 'told');
    const { window } = scene;
    await eventually(async () => assert.match(await stack(), /debugged[\s\S]*lab_app\.py/));
    const locals = window.page.locator('.debug-variables .monaco-list-row').filter({ hasText: /^Locals$/ });
    await eventually(async () => {
      if ((await locals.getAttribute('aria-expanded')) === 'false') await locals.click({ timeout: 5_000 });
      assert.equal(await locals.getAttribute('aria-expanded'), 'true');
    });
    await eventually(async () => assert.match(await variables(), /count =\s+3\s+basket =\s+<Basket of Käthe/));
    await eventually(async () => assert.match(await window.editorText(), /rdb\.set_trace\(\)/));
    const breadcrumbs = await window.page.locator('.tabs-breadcrumbs, .breadcrumbs-control').first().innerText();
    assert.match(breadcrumbs, /src/);
    const clock = /^lab\.rdb: killed in \d+:\d\d$/;
    await eventually(async () => assert.ok((await window.statusBar()).some(({ text }) => clock.test(text.trim()))));
    await window.screenshots('rdb-stopped');
  });

  test('steps, shows what the task prints, and lets it run to the right end', async () => {
    const { window } = scene;
    await press('Step Over');
    await standsAt(lineOf('for number in range'));
    await press('Step Over');
    await standsAt(lineOf('breakpoint: loop'));
    await window.page.keyboard.press('Control+Shift+Y');
    await eventually(async () =>
      assert.match(await window.page.locator('.repl').innerText(), /said by the task: grüß/),
    );
    await window.screenshot('rdb-console');
    // The session does not live there: what it shows and does goes on.
    for (const pid of await backendsOf(scene.vscode)) process.kill(pid, 'SIGKILL');
    await press('Continue');
    await isOver();
    await succeeded(1);
  });

  test('is also the plain prompt of pdb; the task runs on when its terminal is closed', async () => {
    const { window } = scene;
    const port = await wait();
    await window.runCommand('Celery: Open Remote Debugger (rdb) in a Terminal…');
    const [first] = await window.quickPickItems();
    const label = first?.label.trim() ?? '';
    assert.match(label, /^lab\.rdb \(\w{8}…\) on api@lab$/);
    assert.equal(first?.description, `127.0.0.1:${port}`);
    await window.screenshot('rdb-list');
    await window.pick(label);
    await agree();
    const terminal = window.page.locator('.terminal-wrapper.active');
    await terminal.waitFor();
    await window.page.keyboard.type('b 80\rp total\r');
    await window.screenshot('rdb-terminal');
    await window.runCommand('Terminal: Kill the Active Terminal Instance');
    await succeeded(2);
  });

  test('the words of the worker in a terminal are a link to its task', async () => {
    const { window } = scene;
    const port = await wait();
    await waits();
    await window.clearToasts();
    await window.runCommand('Terminal: Create New Terminal');
    await window.page.locator('.terminal-wrapper.active .xterm-rows').waitFor();
    await window.page.keyboard.type(`echo Remote Debugger:${port}: Ready to connect: telnet 127.0.0.1 ${port}\r`);
    await window.followInTerminal(`telnet 127.0.0.1 ${port}`, 'Attach to this task');
    await agree();
    await window.page.locator('.debug-toolbar').waitFor({ timeout: 60_000 });
    await eventually(async () => assert.match(await stack(), /debugged/), 60_000);
    await press('Continue');
    await isOver();
    await succeeded(3);
  });

  test('a window that is closed leaves a task that succeeds', async () => {
    await attach(await wait(), 'typed');
    await scene.window.page.goto('about:blank');
    await succeeded(4);
  });
});
