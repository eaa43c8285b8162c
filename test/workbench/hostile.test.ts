import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { LabBackground } from '../lab/background.ts';
import type { LabRedis } from '../lab/lab.ts';
import { iconPattern, linkPattern } from '../unit/extension/shown/linkedText.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const workbenchFile = join(
  import.meta.dirname,
  'host/node_modules/code-server/lib/vscode/out/vs/code/browser/workbench/workbench.js',
);

const link = '[Show](command:workbench.action.toggleSidebarVisibility)';
/** One click on the first would hide the sidebar; the second would look like a state of ours. */
const hostile = (what: string): string => `${what} ${link} $(trash)`;
const shown = (what: string): string => `${what} [Show] (command:workbench.action.toggleSidebarVisibility) $ (trash)`;
const connection = hostile('shop');
const answering = `${hostile('evil')}@lab`;

/** A node that beats like a worker, answers orders with what it likes, and tells of a failed task when it is to. */
const nodeOf = (failFile: string): string => `
import os, socket
from lab_app import app
host, fail, beats = ${JSON.stringify(answering)}, ${JSON.stringify(failFile)}, 0
answer = lambda state, **kwargs: {"ok": ${JSON.stringify(hostile('grown'))}}
with app.connection_for_write() as events, app.connection_for_read() as orders:
    sender = app.events.Dispatcher(events, hostname=host, buffer_while_offline=False)
    node = app.control.mailbox.Node(hostname=host, state=None, channel=orders.channel(), handlers={"pool_restart": answer})
    with node.listen(callback=lambda body, message: node.handle_message(body, message)):
        print("listening")
        while True:
            if beats % 4 == 0:
                sender.send("worker-heartbeat", freq=2, sw_ident="py-celery", sw_ver="5.6.0", sw_sys="Linux")
            beats += 1
            if os.path.exists(fail):
                os.remove(fail)
                sender.send("task-received", uuid="evil-task", name=${JSON.stringify(hostile('ship'))}, args="()", kwargs="{}")
                sender.send("task-failed", uuid="evil-task", exception="ValueError('lost')", traceback="")
            try:
                orders.drain_events(timeout=0.5)
            except socket.timeout:
                pass
            # A real worker too lives on when somebody who asked has gone.
            except Exception as error:
                print(error)
`;

describe('what others write, in a real window', () => {
  let scene: Scene;
  let broker: LabRedis;
  let node: LabBackground;
  const failFile = (): string => join(scene.lab.folder, 'fail-of-node');

  before(async () => {
    scene = await openScene({
      settings: async (lab) => {
        broker = await lab.redis();
        // A real worker that bears such a name, and takes from such a queue.
        await lab.worker({
          broker,
          name: `${hostile('api')}@lab`,
          concurrency: 1,
          queues: ['default', hostile('queue')],
        });
        return { 'celeriac.connections': [{ name: connection, url: broker.url, resultBackend: broker.url }] };
      },
    });
    node = await scene.lab.background({ broker, args: ['-c', nodeOf(failFile())], readyWhen: 'listening' });
    await eventually(async () => {
      const labels = (await scene.window.treeRows('Clusters')).map(({ label }) => label);
      for (const name of ['api ', 'evil '])
        assert.ok(
          labels.some((label) => label.startsWith(name)),
          labels.join(' | '),
        );
    }, 40_000);
  });
  after(async () => {
    await scene?.close();
  });

  /** No link, no command, and no icon but those that stand beside the text. */
  const isOnlyText = async (place: Locator): Promise<void> => {
    assert.ok((await place.count()) > 0, 'there is something to look at');
    assert.equal(await place.locator('a, [href], [data-href]').count(), 0, await place.first().innerHTML());
    assert.equal(await place.locator('.codicon-trash').count(), 0, await place.first().innerHTML());
  };
  const toast = (): Locator => scene.window.page.locator('.notifications-toasts .notification-list-item-message');
  const toastSays = (words: string) =>
    eventually(async () => {
      const texts = await toast().allTextContents();
      assert.ok(
        texts.some((text) => text.includes(words)),
        texts.join(' | '),
      );
    }, 90_000);
  const quickInput = (): Locator => scene.window.page.locator('.quick-input-widget');
  /** What is said when something is pointed at, and has these words in it. */
  const hover = async (row: Locator, words: string): Promise<Locator> => {
    const hovers = scene.window.page.locator('.monaco-hover:not(.hidden)', { hasText: words });
    await eventually(async () => {
      await scene.window.page.mouse.move(700, 300);
      await row.hover();
      await hovers.first().waitFor({ timeout: 3_000 });
    });
    return hovers.first();
  };

  test('VS Code reads links and icons by the patterns that the unit tests take', () => {
    const workbench = readFileSync(workbenchFile, 'utf8');
    // A bundler drops the escape of a parenthesis in a class.
    const isIn = (source: string) => workbench.includes(source) || workbench.includes(source.replace('[^)', '[^\\)'));
    assert.ok(isIn(linkPattern.source), linkPattern.source);
    assert.match(workbench, /iconNameExpression="\[A-Za-z0-9-\]\+",\w+\.iconModifierExpression="~\[A-Za-z\]\+"/);
    assert.match('$(sync~spin)', iconPattern);
  });

  test('names are words in the tree, in its tooltips and in the message of a view', async () => {
    const { window } = scene;
    await isOnlyText(window.view('Clusters').locator('.label-name, .label-description'));
    const labels = (await window.treeRows('Clusters')).map(({ label }) => label);
    assert.ok(labels.includes(shown('shop')), labels.join(' | '));
    assert.ok(labels.includes(`${shown('api')}@lab`), labels.join(' | '));
    for (const [row, words] of [
      [shown('shop'), 'Redis'],
      [`${shown('evil')}@lab`, 'online since'],
    ] as const)
      await isOnlyText(await hover(window.row('Clusters', row), words));
    await window.screenshot('hostile-tree');
  });

  test('the name of a connection is words in the status bar and in the table above it', async () => {
    const item = scene.window.page.locator('.statusbar-item', { hasText: 'shop' }).first();
    await eventually(async () => assert.match((await item.textContent()) ?? '', /shop \[Show\] \(command:/));
    assert.equal(await item.locator('.codicon-trash').count(), 0);
    const tooltip = await hover(item, 'Show Failures');
    await isOnlyText(tooltip.locator('table'));
    assert.match(await tooltip.locator('table').innerText(), /shop \[Show\] \(command:/);
    // The links below the table are ours.
    const links = await tooltip.locator('a').allTextContents();
    assert.deepEqual(
      links.map((text) => text.trim()),
      ['Open Dashboard', 'Show Failures', 'Show Alerts', 'Inspect Workers…', 'Switch Connection…'],
    );
    await scene.window.screenshot('hostile-status-bar');
  });

  test('queues and workers are words in a quick pick, and in the dialog that asks about one', async () => {
    const { window } = scene;
    await scene.lab.send({ broker, task: 'lab.echo', args: [1], queue: 'unheard [Show](command:x) $(trash)' });
    await window.runCommand('Celery: Purge Queue…');
    await window.pickAsking('Select a queue or type a name');
    await eventually(async () =>
      assert.match((await quickInput().innerText()).replaceAll('\u00a0', ' '), /queue \[Show\] \(command:/),
    );
    await isOnlyText(quickInput().locator('.label-name, .label-description'));
    await window.screenshot('hostile-quick-pick');
    await window.enter('unheard [Show](command:x) $(trash)');
    await eventually(async () => assert.equal((await window.dialogs()).length, 1));
    await isOnlyText(window.page.locator('.monaco-dialog-box .dialog-message-container'));
    await window.screenshot('hostile-dialog');
    await window.press('Cancel');
  });

  test('a prompt that names a connection has no link and no icon', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Send Task…');
    await window.pickAsking('Select a task or type a name');
    const title = quickInput().locator('.quick-input-title');
    assert.match(await title.innerText(), /^Send Task to /);
    await isOnlyText(title);
    await window.screenshot('hostile-prompt');
    await window.page.keyboard.press('Escape');
  });

  test('the result of a task that is followed is words in quotes', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Send Task…');
    await window.pick('lab.echo');
    const input = quickInput().locator('input.input');
    const asks = async (): Promise<string> => (await input.getAttribute('placeholder', { timeout: 2_000 })) ?? '';
    await eventually(async () => assert.match(await asks(), /^(Select a queue|Press Enter to send)/));
    if ((await asks()).startsWith('Select a queue')) await window.pick('default');
    await window.pick('Arguments');
    await window.promptSaying('Positional arguments');
    await window.enter(JSON.stringify([hostile('result')]));
    await window.pick('Send');
    await toastSays(`“'${shown('result')}'”`);
    await isOnlyText(toast());
    await window.clearToasts();
  });

  test('the answer of a worker is words in quotes, beside its name', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Clusters', `${shown('evil')}@lab`, 'Control', 'Restart Pool');
    await window.pick('Restart Pool');
    await window.pick('Send');
    await toastSays(`${shown('evil')}@lab: “${shown('grown')}”`);
    await isOnlyText(toast());
    await window.screenshots('hostile-answer');
    await window.clearToasts();
  });

  // Failures of the first minute wait for one toast, so this comes last.
  test('the exception of a task is words in quotes in its toast', async () => {
    await scene.lab.send({ broker, task: 'lab.fail', args: [hostile('boom')], queue: 'default' });
    await toastSays(`lab.fail failed on ${shown('shop')} (“LabError: ${shown('boom')}”)`);
    await isOnlyText(toast());
    await scene.window.screenshot('hostile-toast');
    await scene.window.clearToasts();
  });

  test('the name of a task is words in its toast and in its row', async () => {
    assert.ok(node.isRunning, node.output());
    writeFileSync(failFile(), '');
    await toastSays(`${shown('ship')} failed on ${shown('shop')}`);
    await isOnlyText(toast());
    await eventually(async () => {
      const rows = await scene.window.treeRows('Failures');
      assert.ok(
        rows.some(({ description }) => description.includes(shown('ship'))),
        JSON.stringify(rows),
      );
    });
    await isOnlyText(scene.window.view('Failures').locator('.label-name, .label-description'));
    await scene.window.clearToasts();
  });
});
