import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const many = `
from lab_app import app
app.conf.result_backend = None
with app.connection_for_write() as connection:
    with app.amqp.Producer(connection, auto_declare=False) as producer:
        for number in range(400):
            app.send_task("lab.echo", [number], {"password": "hunter2"}, producer=producer)
        for number in range(5):
            app.send_task("lab.fail", [f"broken {number}"], producer=producer)
        app.send_task("lab.sleep", [0.6], producer=producer)
`;

describe('the tables of the dashboard', () => {
  let scene: Scene;
  let broker: LabRedis;

  before(async () => {
    scene = await openScene({
      bridge: true,
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2 });
        return {
          'celeriac.connections': [{ name: 'shop', url: broker.url }],
          'celeriac.notifications.enabled': false,
          // Otherwise the browser would ask its own system for a file.
          'files.simpleDialog.enable': true,
        };
      },
    });
    await scene.window.page.setViewportSize({ width: 1280, height: 1000 });
    await scene.window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const row = scene.window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /idle|active/), 30_000);
    await scene.window.runCommand('Celery: Open Dashboard');
    await tables().waitFor();
  });
  after(() => scene?.close());

  const tables = () => scene.window.webview.locator('.tables');
  const grid = () => tables().locator('.data-grid');
  const rows = () => grid().locator('.grid-body .grid-row');
  const line = () => tables().locator('.table-line');
  const says = (words: RegExp) => eventually(async () => assert.match(await line().innerText(), words), 30_000);
  /** One column, by its place, of the rows that are drawn. */
  const cells = async (title: string): Promise<string[]> => {
    const titles = await grid().locator('[role=columnheader]').allInnerTexts();
    const place = titles.findIndex((each) => each.startsWith(title));
    return rows()
      .locator(`.grid-cell:nth-child(${place + 1})`)
      .allInnerTexts();
  };
  const run = (command: string) =>
    scene.window.evaluate((vscode, id) => vscode.commands.executeCommand(id).then(() => null), command);
  const tab = (name: string) => tables().getByRole('tab', { name }).click();

  test('say why they are empty', async () => {
    await tables().scrollIntoViewIfNeeded();
    await eventually(async () => assert.match(await tables().innerText(), /No tasks yet/));
    await scene.window.screenshots('tables-empty');
  });

  test('show the newest tasks live, without secrets', async () => {
    const { code, stderr } = await scene.lab.python({ broker, code: many });
    assert.equal(code, 0, stderr);
    await says(/406 tasks/);
    await eventually(async () => assert.ok((await rows().count()) > 10));
    assert.doesNotMatch(await tables().innerText(), /hunter2/);
    await eventually(
      async () => assert.deepEqual(await cells('State').then((all) => all.includes('STARTED')), false),
      30_000,
    );
  });

  test('are filtered by state and by text, and sorted, by the engine', async () => {
    await tables().locator('select[aria-label=State]').selectOption('FAILURE');
    await says(/^5 of 406 tasks/);
    await tables().getByRole('searchbox').fill('broken 3');
    await says(/^1 of 406 tasks/);
    await tables().getByRole('searchbox').fill('');
    await tables().locator('select[aria-label=State]').selectOption('');
    await says(/^406 tasks/);
    await grid().getByRole('button', { name: 'Runtime' }).click();
    await eventually(async () => assert.match((await cells('Task'))[0] ?? '', /lab\.sleep/));
    assert.equal(await grid().locator('[aria-sort=descending]').innerText(), 'Runtime ▼');
    await scene.window.screenshots('tables-tasks');
    assert.deepEqual(await seriousFindings(scene.window.webview), []);
  });

  test('are walked by the keyboard alone: to the end, back, and into a task', async () => {
    await grid().focus();
    await scene.window.page.keyboard.press('End');
    await eventually(async () => assert.equal(await grid().getAttribute('aria-activedescendant'), 'row-405'));
    await says(/Paused while you scroll/);
    await scene.window.page.keyboard.press('Home');
    await eventually(async () => assert.equal(await grid().getAttribute('aria-activedescendant'), 'row-0'));
    await scene.window.page.keyboard.press('ArrowDown');
    await scene.window.page.keyboard.press('Space');
    await scene.window.page.keyboard.press('ArrowDown');
    await scene.window.page.keyboard.press('Space');
    await says(/2 selected/);
    await tables().getByRole('button', { name: 'Copy IDs' }).click();
    await eventually(async () => {
      const copied = await scene.window.evaluate((vscode) => vscode.env.clipboard.readText());
      assert.match(copied, /^[\da-f-]{36}\n[\da-f-]{36}$/);
    });
    await grid().focus();
    await scene.window.page.keyboard.press('Home');
    await scene.window.page.keyboard.press('Enter');
    await eventually(async () => assert.match(await scene.window.webview.locator('h1').innerText(), /lab\.sleep/));
    await run('workbench.action.closeActiveEditor');
    await tables().waitFor();
  });

  test('remember what was chosen', async () => {
    await tables().locator('.column-choice summary').click();
    await tables().locator('.column-choice').getByLabel('Queue').uncheck();
    await tables().locator('.column-choice summary').click();
    await tab('Failures');
    await eventually(async () => assert.match(await tables().innerText(), /LabError/));
    await scene.window.screenshots('tables-failures');
    await run('workbench.action.files.newUntitledFile');
    await run('workbench.action.closeActiveEditor');
    await eventually(async () => assert.match(await tables().innerText(), /LabError/));
    await tab('Tasks');
    await eventually(async () => assert.ok(!(await grid().innerText()).includes('Queue')));
  });

  test('have workers and queues with their figures', async () => {
    await tab('Workers');
    await eventually(async () => assert.deepEqual(await cells('Worker'), ['api@lab']));
    await tab('Queues');
    await eventually(async () => assert.ok((await cells('Queue')).includes('default')));
    await scene.window.screenshots('tables-queues');
    await tab('Slowest');
    await eventually(async () => assert.match((await cells('Task'))[0] ?? '', /lab\.sleep/));
    await tab('Tasks');
  });

  test('are exported as they are filtered, all of it, without secrets', async () => {
    const file = join(scene.lab.folder, 'tasks.json');
    await tables().getByRole('button', { name: 'Export…' }).click();
    await scene.window.saveAs(file);
    const exported = await eventually((): readonly Record<string, string>[] => {
      assert.ok(existsSync(file));
      return JSON.parse(readFileSync(file, 'utf8'));
    }, 20_000);
    assert.equal(exported.length, 406);
    assert.equal(new Set(exported.map(({ id }) => id)).size, 406);
    assert.deepEqual(
      exported.filter(({ name }) => name === 'lab.fail').map(({ state }) => state),
      Array.from({ length: 5 }, () => 'FAILURE'),
    );
    assert.doesNotMatch(readFileSync(file, 'utf8'), /hunter2/);
    // VS Code shows no toast after the third within 0.8 s, which nobody but a test is quick enough to see.
    await scene.window.clearToasts();
  });

  /** Chooses the rows at these places, by the keyboard. */
  const select = async (count: number): Promise<void> => {
    await grid().focus();
    await scene.window.page.keyboard.press('Home');
    for (let place = 0; place < count; place++) {
      await scene.window.page.keyboard.press('Space');
      await scene.window.page.keyboard.press('ArrowDown');
    }
    await says(new RegExp(`${count} selected`));
  };
  const toastSays = (words: RegExp) => {
    // A toast goes after a while: when none fits, it is told which have been there.
    const seen = new Set<string>();
    return eventually(async () => {
      for (const { text } of await scene.window.toasts()) seen.add(text);
      assert.ok(
        [...seen].some((text) => words.test(text)),
        `seen: ${[...seen].join(' | ')}`,
      );
    }, 30_000);
  };

  test('send what has failed again, all that is selected, once a dialog has said what and where', async () => {
    await tables().locator('select[aria-label=State]').selectOption('FAILURE');
    await says(/^5 of 406 tasks/);
    await select(3);
    await tables().locator('.bulk').getByRole('button', { name: 'Retry…' }).click();
    await eventually(async () =>
      assert.match(
        (await scene.window.dialogs())[0]?.detail ?? '',
        /^Sends 3 tasks again .* Tasks: lab\.fail\. Queues: default\.[\s\S]*Connection: shop \(dev\)/,
      ),
    );
    await scene.window.screenshot('tables-retry');
    await scene.window.press('Retry');
    await toastSays(/^Sent 3 tasks again\.$/);
    await tables().locator('.bulk').getByRole('button', { name: 'Clear' }).click();
    await says(/^8 of 409 tasks/);
    await scene.window.clearToasts();
  });

  test('end what runs, all that is selected', async () => {
    const never = join(scene.lab.folder, 'never');
    await scene.lab.send({ broker, task: 'lab.until_file', args: [never], queue: 'default', count: 2 });
    await tables().locator('select[aria-label=State]').selectOption('STARTED');
    await says(/^2 of 411 tasks/);
    await select(2);
    await tables().locator('.bulk').getByRole('button', { name: 'Revoke…' }).click();
    await scene.window.pickAsking('Select how (2 of 2 running now)');
    await scene.window.pick('Terminate with TERM');
    await eventually(async () =>
      assert.match((await scene.window.dialogs())[0]?.text ?? '', /^Revoke and terminate 2 tasks\?$/),
    );
    await scene.window.press('Terminate');
    await toastSays(/^api@lab: /);
    await tables().locator('.bulk').getByRole('button', { name: 'Clear' }).click();
    await tables().locator('select[aria-label=State]').selectOption('REVOKED');
    await says(/^2 of 411 tasks/);
  });

  test('find tasks by name, hold still under the pointer, and open what is clicked', async () => {
    await tables().locator('select[aria-label=State]').selectOption('');
    await tables().getByRole('searchbox').fill('LAB.FAIL');
    await says(/^8 of 411 tasks/);
    await tables().getByRole('searchbox').fill('');
    await grid().getByRole('button', { name: 'Last event' }).click();
    await says(/^411 tasks$/);
    await eventually(async () => assert.match((await cells('State'))[0] ?? '', /REVOKED/));
    const seen = await cells('ID');
    await rows().nth(2).hover();
    await scene.lab.send({ broker, task: 'lab.echo', args: ['late'], queue: 'default', count: 2 });
    await says(/^413 tasks\s+Show 2 new$/);
    assert.deepEqual(await cells('ID'), seen);
    await scene.window.screenshot('tables-held');
    await tables().getByRole('button', { name: 'Show 2 new' }).click();
    await eventually(async () => assert.deepEqual((await cells('Task')).slice(0, 2), ['lab.echo', 'lab.echo']));
    await rows().first().getByRole('button', { name: 'lab.echo' }).click();
    await eventually(async () => assert.match(await scene.window.webview.locator('h1').innerText(), /lab\.echo/));
  });

  test('the window complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
