import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LabRabbitmq, LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

/** Most of what the lab's workers run, and a task that they do not know yet. */
const code = `from celery import Celery

app = Celery("lab")


@app.task(name="lab.echo")
def echo(*args, **kwargs):
    fail.delay()


@app.task(name="lab.sleep")
def sleep(seconds: float):
    pass


@app.task(name="lab.fail")
def fail(message="as told"):
    pass


@app.task(name="lab.die")
def die():
    pass


@app.task(name="lab.until_file")
def until_file(path, timeout=60):
    pass


@app.task(name="lab.later")
def later():
    pass

${['orders.charge', 'orders.refund', 'orders.ship', 'reports.nightly', 'inventory.sync']
  .map((name) => `@app.task(name="${name}")\ndef ${name.replace('.', '_')}():\n    pass\n`)
  .join('\n')}`;

describe('operating clusters', () => {
  let scene: Scene;
  let redis: LabRedis;
  let rabbitmq: LabRabbitmq;

  before(async () => {
    scene = await openScene({
      workspace: async () => {
        const folder = mkdtempSync(join(tmpdir(), 'celeriac-operations-'));
        writeFileSync(join(folder, 'tasks.py'), code);
        return folder;
      },
      settings: async (lab) => {
        [redis, rabbitmq] = await Promise.all([lab.redis(), lab.rabbitmq()]);
        await Promise.all([
          lab.worker({ broker: redis, name: 'api', concurrency: 1, queues: ['default'] }),
          lab.worker({ broker: redis, name: 'mail', concurrency: 1, queues: ['emails'] }),
          lab.worker({ broker: rabbitmq, name: 'orders', concurrency: 1, queues: ['orders'] }),
        ]);
        return {
          'celeriac.connection.autoConnect': 'all',
          'celeriac.connections': [
            { name: 'shop', url: redis.url, resultBackend: redis.url },
            {
              name: 'orders-prod',
              url: rabbitmq.url.replace('guest:guest@', ''),
              environment: 'prod',
              readOnly: false,
            },
            { name: 'frozen', url: redis.url, readOnly: true },
          ],
        };
      },
    });
    const { window } = scene;
    // Only as many rows are drawn as find room.
    await eventually(async () => {
      const rows = await window.treeRows('Clusters');
      const described = (name: string): string => rows.find(({ label }) => label === name)?.description ?? 'no row';
      assert.match(described('shop'), /2 workers/);
      assert.match(described('api@lab'), /^0 active/);
      assert.match(described('orders-prod'), /1 worker/);
    }, 30_000);
  });
  after(() => scene?.close());

  const window = () => scene.window;
  const enter = () => scene.window.page.keyboard.press('Enter');
  const says = (words: RegExp, limitMs = 20_000) =>
    eventually(async () => {
      const texts = (await scene.window.toasts()).map(({ text }) => text);
      assert.ok(
        texts.some((text) => words.test(text)),
        texts.join(' | '),
      );
    }, limitMs);
  const start = async (command: string, connection = 'shop'): Promise<void> => {
    await scene.window.runCommand(`Celery: ${command}`);
    await scene.window.pick(connection);
  };
  /** The queue is asked for where it is not known yet. */
  const opensOrder = async (queue: string): Promise<void> => {
    const input = window().page.locator('.quick-input-widget input.input');
    const asks = async (): Promise<string> => (await input.getAttribute('placeholder', { timeout: 2_000 })) ?? '';
    await eventually(async () => assert.match(await asks(), /^(Select a queue|Press Enter to send)/));
    if ((await asks()).startsWith('Select a queue')) await window().pick(queue);
    await window().pickAsking('Press Enter to send, or change an option');
  };
  const pageShows = (...words: readonly RegExp[]) =>
    eventually(async () => {
      const text = await scene.window.editorText();
      for (const each of words) assert.match(text, each);
    });
  const runsWith = async (hostname: string): Promise<unknown> => {
    const asked = ['inspect', 'stats', '--json', '--destination', hostname];
    const { stdout } = await scene.lab.celery({ broker: redis, args: asked });
    return JSON.parse(stdout)[hostname].pool.processes.length;
  };

  const consumes = async (hostname: string): Promise<string> => {
    const asked = ['inspect', 'active_queues', '--json', '--destination', hostname];
    const { stdout } = await scene.lab.celery({ broker: redis, args: asked });
    return JSON.stringify(JSON.parse(stdout)[hostname].map(({ name }: { name: string }) => name));
  };

  test('grows a pool from the row of its worker, and takes that back by the button of the message', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Clusters', 'api@lab', 'Control', 'Grow Pool');
    await window.promptSaying('Processes to add');
    assert.match(await window.quickInputTitle(), /Grow pool of api@lab \(1 process now\)/);
    await window.screenshots('grow-pool');
    await window.enter('none');
    await eventually(async () => assert.match(await window.inputMessage(), /must be an integer, at least 1/));
    await window.enter('2');
    await says(/^api@lab: 2 processes added to the pool/);
    await eventually(async () => assert.equal(await runsWith('api@lab'), 3), 30_000);
    await window.press('Undo');
    await says(/^api@lab: 2 processes removed from the pool/);
    await eventually(async () => assert.equal(await runsWith('api@lab'), 1), 30_000);
    await window.clearToasts();
  });

  test('offers only queues that a worker consumes to stop, and only others to start', async () => {
    const { window } = scene;
    const offered = async (): Promise<string[]> => (await window.quickPickItems()).map(({ label }) => label);
    await window.chooseFromMenu('Clusters', 'api@lab', 'Control', 'Add Consumer');
    await window.pickAsking('Select a queue or type a name');
    assert.ok(!(await offered()).includes('default'));
    await window.screenshots('add-consumer');
    await window.enter('late');
    await says(/^api@lab: started consuming from late/);
    await eventually(async () => assert.match(await consumes('api@lab'), /default.*late/s));
    await window.clearToasts();
    await window.chooseFromMenu('Clusters', 'api@lab', 'Control', 'Cancel Consumer');
    await window.pickAsking('Select a queue');
    assert.deepEqual(await offered(), ['default', 'late']);
    await window.screenshots('cancel-consumer');
    await window.pick('late');
    await says(/^api@lab: stopped consuming from late/);
    await eventually(async () => assert.doesNotMatch(await consumes('api@lab'), /late/));
    await window.screenshot('cancel-consumer-undo');
    await window.press('Undo');
    await says(/^api@lab: started consuming from late/);
    await eventually(async () => assert.match(await consumes('api@lab'), /late/));
    await window.clearToasts();
  });

  test('sets a rate limit that workers can read, and removes it again', async () => {
    const { window } = scene;
    const asksRate = () => window.pickAsking('Tasks per worker, such as 10/s, 100/m or 5/h');
    await start('Set Rate Limit…');
    await window.pick('lab.echo');
    await window.pickAsking('Select workers');
    await enter();
    await asksRate();
    await window.page.locator('.quick-input-widget input.input').fill('fast');
    await eventually(async () =>
      assert.match((await window.quickPickItems())[0]?.label ?? '', /must be a rate such as 10\/s/),
    );
    await window.screenshots('rate-limit-refused');
    await window.enter('5/m');
    await window.pick('Send');
    await says(/^2 workers: lab\.echo limited to 5\/m/);
    await window.clearToasts();
    await start('Set Rate Limit…');
    await window.pick('lab.echo');
    await window.pickAsking('Select workers');
    await enter();
    await asksRate();
    assert.match(await window.quickInputTitle(), /Set rate limit of lab\.echo \(5\/m now\)/);
    await window.screenshots('rate-limit');
    await window.pick('Remove Limit');
    await window.pick('Send');
    await says(/^2 workers: rate limit of lab\.echo removed/);
    await window.clearToasts();
  });

  test('sends a task with what Python developers type, and follows it to its end', async () => {
    const { window } = scene;
    await start('Send Task…');
    await window.pick('lab.echo');
    await opensOrder('default');
    await window.screenshots('send-task');
    await window.pick('Arguments');
    await window.promptSaying('Positional arguments');
    await window.enter('[1, 2.0, ]');
    await eventually(async () => assert.match(await window.inputMessage(), /Trailing comma at character 8/));
    await window.enter("('a', 2.0, None)");
    await window.pick('Send');
    await says(/^lab\.echo succeeded in .* on api@lab: “\['a', 2\.0, None\]”/);
    await window.clearToasts();
  });

  test('sends what is written in the editor of arguments, and nothing when it is closed', async () => {
    const { window } = scene;
    const { keyboard } = window.page;
    const tab = window.page.locator('.tab').filter({ hasText: 'Send lab.echo' });
    const opens = async (): Promise<void> => {
      await start('Send Task…');
      await window.pick('lab.echo');
      await opensOrder('default');
      assert.match(JSON.stringify(await window.quickPickItems()), /to queue default · \[\\"a\\", 2\.0, null\]/);
      await window.pick('Edit as JSON…');
      await pageShows(/"args": \["a", 2\.0, null\]/, /"kwargs": \{\}/);
      await window.page.getByText('Send to default on shop').waitFor();
    };
    const write = async (text: string): Promise<void> => {
      await keyboard.press('ControlOrMeta+a');
      await keyboard.press('Delete');
      await keyboard.insertText(text);
    };
    await opens();
    await window.screenshots('call-editor');
    await write('{"args": ["closed",]}');
    await keyboard.press('ControlOrMeta+Enter');
    await says(/^Not sent\. Trailing comma \(line 1, column 19\)/);
    await window.screenshots('call-editor-wrong');
    await window.clearToasts();
    await tab.getByRole('button', { name: /Close/ }).click();
    await tab.waitFor({ state: 'detached' });
    await opens();
    await write('{"args": ("edited", True), "kwargs": {}}');
    await keyboard.press('ControlOrMeta+Enter');
    await says(/^lab\.echo succeeded in .* on api@lab: “\['edited', True\]”/);
    await eventually(async () => assert.equal(await tab.count(), 0));
    assert.equal((await window.dialogs()).length, 0);
    await window.clearToasts();
  });

  test('a followed task that fails says so, with its exception', async () => {
    const { window } = scene;
    await start('Send Task…');
    await window.pick('lab.fail');
    await opensOrder('default');
    await window.pick('Arguments');
    await window.promptSaying('Positional arguments');
    await window.enter('["out of stock"]');
    await window.pick('Send');
    await says(/^lab\.fail failed on api@lab: “LabError\('out of stock'/);
    await window.screenshots('send-task-failed');
    await window.clearToasts();
  });

  test('has a field for each parameter of a task, and says what does not fit before it is sent', async () => {
    const { window } = scene;
    const opens = async (): Promise<void> => {
      await start('Send Task…');
      await window.pick('lab.sleep');
      await opensOrder('default');
    };
    await opens();
    await eventually(async () => {
      const [send, field] = await window.quickPickItems();
      assert.match(send?.description ?? '', /sleep\(\) is missing seconds · to queue/);
      assert.deepEqual([field?.label.trim(), field?.description], ['seconds', 'float · required']);
    });
    await window.screenshots('send-form');
    await window.pick('Send');
    await window.pickAsking('Press Enter to confirm or Escape to cancel');
    await window.pick('Cancel');
    await opens();
    await window.pick('seconds');
    await window.promptSaying('seconds: float, as JSON or Python');
    await window.enter('0.1');
    await window.pick('Send');
    await says(/^lab\.sleep succeeded/);
    await window.clearToasts();
  });

  test('ends a task that runs, once that was confirmed in a dialog', async () => {
    const { window } = scene;
    const never = `${scene.lab.folder}/never`;
    const [id = ''] = await scene.lab.send({ broker: redis, task: 'lab.until_file', args: [never], queue: 'default' });
    const row = window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /1 active/));
    await start('Revoke Task…');
    await window.pickAsking('Select a task, or type one or several IDs');
    await window.screenshots('revoke-choose');
    assert.equal((await window.quickPickItems())[0]?.label, 'lab.until_file');
    await window.enter(id);
    await window.pick('Terminate with TERM');
    const [dialog] = await window.dialogs();
    assert.match(dialog?.text ?? '', /^Revoke and terminate task [\w-]{36}\?$/);
    assert.match(dialog?.detail ?? '', /On all 2 workers: .*lab\.until_file.*Connection: shop \(dev\), redis:/s);
    await window.screenshot('revoke-dialog');
    await window.press('Terminate');
    await says(/2 workers done\. “api@lab: /);
    await eventually(async () => assert.match(await row.innerText(), /0 active/));
    await window.clearToasts();
  });

  test('purges a queue of production only when its name was typed, and says how much that was', async () => {
    const { window } = scene;
    await scene.lab.send({ broker: rabbitmq, task: 'lab.echo', args: [1], queue: 'unheard', count: 3 });
    await start('Purge Queue…', 'orders-prod');
    await window.pickAsking('Select a queue or type a name');
    await window.enter('unheard');
    await eventually(async () => assert.equal((await window.dialogs()).length, 1));
    const [dialog] = await window.dialogs();
    assert.equal(dialog?.text, 'Purge unheard?');
    assert.match(dialog?.detail ?? '', /^Deletes 3 waiting messages from "unheard"\..*orders-prod \(prod\), amqp:/s);
    await window.screenshots('purge-dialog');
    await window.press('Purge');
    await window.promptSaying('orders-prod is a production connection');
    await window.enter('orders');
    await eventually(async () => assert.match(await window.inputMessage(), /Type orders-prod to confirm/));
    await window.screenshot('purge-typed');
    await window.enter('orders-prod');
    await says(/^Deleted 3 messages from unheard on orders-prod/);
    assert.match(await rabbitmq.ctl(['list_queues', 'name', 'messages']), /unheard\s+0/);
    await window.clearToasts();
  });

  test('looks at the head of a queue, and says what looking changes on RabbitMQ', async () => {
    const { window } = scene;
    await scene.lab.send({ broker: rabbitmq, task: 'lab.echo', args: ['waits'], queue: 'unheard', count: 2 });
    await start('Peek into Queue…', 'orders-prod');
    await window.pickAsking('Select a queue or type a name');
    await window.enter('unheard');
    await window.pick('Peek');
    await pageShows(
      /Celery: Queue unheard/,
      /2 messages waiting/,
      /lab\.echo/,
      /\["waits"\]/,
      /marked\s+as\s+redelivered/,
    );
    assert.match(await rabbitmq.ctl(['list_queues', 'name', 'messages']), /unheard\s+2/);
    await window.screenshots('peek');
  });

  test('finds a task by how its id begins, and reads its result', async () => {
    const { window } = scene;
    const [id = ''] = await scene.lab.send({ broker: redis, task: 'lab.echo', args: ['found'], queue: 'default' });
    await eventually(async () => assert.equal(await redis.cli(['exists', `celery-task-meta-${id}`]), '1'));
    await start('Get Result…');
    await window.pickAsking('Select a task or type its ID');
    await window.enter(id);
    await pageShows(/result /, /SUCCESS/, /result +"found"/);
    await window.screenshot('result');
    await start('Find Task by ID…');
    await window.pickAsking('Select a task, or type its ID or how it starts');
    await window.enter(id.slice(0, 8));
    await eventually(async () => assert.match(await window.page.title(), /lab\.echo|Task /));
  });

  test('keeps a log of all that was changed, and by whom', async () => {
    await start('Show Audit Log');
    await pageShows(/Celery: Audit log/, /pool_grow/, /rate_limit/, /revoke/, /send/);
    await scene.window.screenshots('audit');
  });

  test('refuses a change on a read-only connection before anything is asked, and offers the way out', async () => {
    const { window } = scene;
    await start('Control Workers…', 'frozen');
    await says(/^Can't run "Control Workers": frozen is read-only/);
    const [toast] = await window.toasts();
    assert.deepEqual(toast?.buttons, ['Make Writable…', 'Show Logs']);
    await window.screenshots('read-only-refused');
    await window.press('Make Writable…');
    await window.scrollDown('Clusters');
    await eventually(async () => {
      const rows = await window.treeRows('Clusters');
      const frozen = rows.find(({ label }) => label === 'frozen')?.description ?? 'no row';
      assert.match(frozen, /2 workers/);
      assert.doesNotMatch(frozen, /read-only/);
    });
    await start('Show Audit Log', 'frozen');
    await pageShows(/TIME +USER +ACTION +TARGET +RESULT/, /make writable +frozen +done/);
  });

  test('tells in a toast that a broker takes no messages, and in the status bar that it does again', async () => {
    const { window } = scene;
    await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.00001']);
    await says(/^The broker of orders-prod accepts no messages: .*low on memory/, 60_000);
    await rabbitmq.ctl(['set_vm_memory_high_watermark', '0.4']);
    await eventually(async () => {
      const texts = (await window.statusBar()).map(({ text }) => text);
      assert.ok(
        texts.some((text) => text.includes('orders-prod: the broker accepts messages again')),
        texts.join(' | '),
      );
    }, 60_000);
    await window.clearToasts();
  });

  test('shows who sends whom, leads to the code, and says which task no worker knows', async () => {
    const { window } = scene;
    await window.runCommand('Celery: Open Workflow Graph');
    const page = window.webview;
    await page.getByRole('searchbox', { name: 'Filter by name' }).waitFor();
    await eventually(async () => assert.match(await page.locator('.workflow-head').innerText(), /11 tasks · 1 call/));
    await eventually(async () => assert.match(await page.locator('.kin').innerText(), /lab\.echo[\s\S]*lab\.fail/));
    await window.screenshots('workflow-graph');
    await page.getByRole('button', { name: 'lab.echo', exact: true }).click();
    await pageShows(/name="lab\.echo"/);
    await eventually(async () => {
      const labels = (await window.treeRows('Alerts')).map(({ label }) => label);
      assert.ok(
        labels.some((label) => label.startsWith('No online worker has lab.later registered')),
        labels.join(' | '),
      );
    }, 20_000);
    await window.screenshots('drift');
  });
});
