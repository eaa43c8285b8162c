import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const demo = join(import.meta.dirname, '..', '..', 'demo');

/** One of everything that a page has to show; prints the ids. */
const sendAll = `
import json
from shop import orders, reports
from lab_app import app

order = {"id": "4711", "email": "ada@shop.example", "items": ["TEA-100"], "total_cents": 890, "card": "tok_visa",
         "address": {"city": "Hamburg", "postcode": None}}
placed = orders.place({**order, "address": {"city": "Hamburg", "postcode": "20095"}}).apply_async()
head = placed
while head.parent:
    head = head.parent
print(json.dumps({
    "chain": head.id,
    "homeless": orders.ship.delay(order).id,
    "report": reports.nightly.delay("2026-01-31").id,
    "retried": app.send_task("lab.retry", [2]).id,
    "secret": app.send_task("lab.echo", [], {"user": "ada", "password": "hunter2", "nested": {"api_key": "k-123"}}).id,
}))
`;

interface Sent {
  readonly chain: string;
  readonly homeless: string;
  readonly report: string;
  readonly retried: string;
  readonly secret: string;
}

describe('the page of a task', () => {
  let scene: Scene;
  let broker: LabRedis;
  let sent: Sent;

  before(async () => {
    scene = await openScene({
      workspace: demo,
      bridge: true,
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 2 });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url, resultBackend: broker.url }] };
      },
    });
    const row = scene.window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /idle|active/), 30_000);
    const { stdout, stderr } = await scene.lab.python({ broker, code: sendAll });
    assert.ok(stdout, stderr);
    sent = JSON.parse(stdout) as Sent;
  });
  after(() => scene?.close());

  const open = async (taskId: string): Promise<void> => {
    await scene.window.evaluate(
      (vscode, row) => vscode.commands.executeCommand('celeriac.openTask', row).then(() => null),
      { clusterId: 'shop', taskId },
    );
    await scene.window.webview.locator('.task-facts', { hasText: taskId }).waitFor();
  };
  const text = (selector = 'main'): Promise<string> => scene.window.webview.locator(selector).first().innerText();
  const shows = (selector: string, ...words: readonly RegExp[]) =>
    eventually(async () => {
      const found = await text(selector);
      for (const each of words) assert.match(found, each);
    }, 20_000);
  const part = (title: string): string => `section[aria-label="${title}"]`;

  test('of a failed task: its life in words, its arguments, and a frame that leads to the line', async () => {
    await open(sent.homeless);
    await shows('header', /FAILURE/, /orders\.ship/, /AddressNotFound/, /api@lab/);
    await shows('.life-table', /Received by a worker/, /Prefetch wait/, /Started/, /Run/, /Failed/);
    await shows(part('Arguments'), /'postcode'/, /None/);
    await shows(part('Raw Events'), /task-received/, /task-started/, /task-failed/);
    await shows(part('Result Backend'), /FAILURE/, /AddressNotFound/);
    assert.deepEqual(await seriousFindings(scene.window.webview), []);
    await scene.window.screenshots('task-failed');
    const frame = scene.window.webview.locator('.traceback button', { hasText: /orders\.py/ }).last();
    const line = /line (\d+)/.exec(await frame.innerText())?.[1];
    await frame.click();
    await eventually(async () => {
      const place = await scene.window.evaluate(({ window: { activeTextEditor: editor } }) =>
        editor ? [editor.document.fileName, editor.selection.active.line + 1] : null,
      );
      assert.deepEqual(place, [join(demo, 'shop', 'orders.py'), Number(line)]);
    });
  });

  test('of a chord: its graph, and each task of it is one step away', async () => {
    await open(sent.report);
    await shows(
      '.kin',
      /reports\.nightly.*this task/s,
      /reports\.region_total/,
      /reports\.summarise/,
      /chord callback of 3/,
    );
    assert.equal(await scene.window.webview.locator('.graph-task').count(), 5);
    await scene.window.screenshots('task-chord');
    await scene.window.webview.locator('.kin button', { hasText: 'reports.summarise' }).focus();
    await scene.window.page.keyboard.press('Enter');
    await shows('header h1', /reports\.summarise/);
    await shows(part('Result'), /'regions'/, /3/);
  });

  test('of a chain: from its head to the group at its end', async () => {
    await open(sent.chain);
    await shows('.kin', /orders\.reserve_stock/, /orders\.charge/, /orders\.ship/, /emails\.send_receipt/);
  });

  test('of a task that was tried again: its attempts side by side', async () => {
    await open(sent.retried);
    await shows('header', /SUCCESS/);
    await shows(part('Attempts'), /Attempt 1/, /RETRY/, /attempt 1/, /Attempt 2/, /attempt 2/, /Attempt 3/, /SUCCESS/);
    await shows('.life-table', /Earlier attempts/, /Retry wait/);
    assert.deepEqual(await seriousFindings(scene.window.webview), []);
    await scene.window.screenshots('task-retried');
  });

  test('shows no secrets, wherever they stand', async () => {
    await open(sent.secret);
    await shows(part('Keyword Arguments'), /'user'/, /'ada'/, /'\*{8}'/);
    await shows(part('Result'), /\*{8}/);
    for (const event of await scene.window.webview.locator('.event summary').all()) await event.click();
    assert.doesNotMatch(await text('html'), /hunter2|k-123/);
  });

  test('follows a task while it runs', async () => {
    const file = join(scene.lab.folder, 'done');
    const [id = ''] = await scene.lab.send({ broker, task: 'lab.until_file', args: [file] });
    await open(id);
    await shows('header', /STARTED/, /Revoke/);
    await shows('.life-table', /Run/, /so far/);
    writeFileSync(file, '');
    await shows('header', /SUCCESS/);
    assert.doesNotMatch(await text('.life-table'), /so far/);
  });

  test('of a task that nobody knows: says so, and what to do', async () => {
    await open('no-such-task');
    await shows('main', /Unnamed Task/, /No events were received/, /Nothing stored in/);
    await shows(part('Missing Information'), /celeriac\.history\.maxTasks/);
    await scene.window.screenshots('task-unknown');
  });

  test('opens from a link that somebody follows outside of VS Code', async () => {
    const link = await scene.window.evaluate(async (vscode, path) => {
      const uri = vscode.Uri.parse(`${vscode.env.uriScheme}://celeriac.celeriac${path}`);
      return (await vscode.env.asExternalUri(uri)).toString(true);
    }, `/task/shop/${sent.report}`);
    const tab = await scene.window.followOutside(link);
    await scene.window.webview.locator('.task-facts', { hasText: sent.report }).waitFor();
    await tab.close();
  });

  test('the window complains about nothing', () => assert.deepEqual(scene.window.errors, []));
});
