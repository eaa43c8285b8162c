import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LabRabbitmq, LabRedis } from '../lab/lab.ts';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

describe('operating clusters', () => {
  let scene: Scene;
  let redis: LabRedis;
  let rabbitmq: LabRabbitmq;

  before(async () => {
    scene = await openScene({
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

  test('grows a pool from the row of its worker, as the worker itself confirms', async () => {
    const { window } = scene;
    await window.chooseFromMenu('Clusters', 'api@lab', 'Pool', 'Grow Pool');
    await window.promptSaying('1 without it');
    await window.enter('none');
    await eventually(async () => assert.match(await window.inputMessage(), /n takes a whole number from 1 on/));
    await window.enter('2');
    await says(/^api@lab: “pool will grow/);
    await eventually(async () => assert.equal(await runsWith('api@lab'), 3), 30_000);
    await window.clearToasts();
  });

  test('refuses a rate limit that no worker reads before it is sent, and asks before it sends another', async () => {
    const { window } = scene;
    await start('Set Rate Limit…');
    await window.pick('lab.echo');
    await window.promptSaying('such as 10/s');
    await window.enter('fast');
    await eventually(async () => assert.match(await window.inputMessage(), /takes a rate such as 10\/s/));
    await window.screenshots('rate-limit-refused');
    await window.enter('5/m');
    await window.pickAsking('Which workers? Enter takes those that are ticked.');
    await enter();
    await window.pick('Send');
    await says(/^2 workers: “new rate limit set successfully/);
    await window.clearToasts();
  });

  test('sends a task and follows it to its end', async () => {
    const { window } = scene;
    await start('Send Task…');
    await window.pick('lab.echo');
    await window.promptSaying('Positional arguments');
    await window.enter("['a']");
    await eventually(async () => assert.match(await window.inputMessage(), /double quotes, at character 2/));
    await window.enter('[1, 2.0]');
    await window.promptSaying('Keyword arguments');
    await enter();
    await window.pick('default');
    await window.screenshot('send-task');
    await window.pick('Send');
    await says(/^lab\.echo succeeded in .* on api@lab: “\[1, 2\.0\]”/);
    await window.clearToasts();
  });

  test('a followed task that fails says so, with its exception', async () => {
    const { window } = scene;
    await start('Send Task…');
    await window.pick('lab.fail');
    await window.promptSaying('Positional arguments');
    await window.enter('["out of stock"]');
    await window.promptSaying('Keyword arguments');
    await enter();
    await window.pick('default');
    await window.pick('Send');
    await says(/^lab\.fail failed on api@lab: “LabError\('out of stock'/);
    await window.screenshots('send-task-failed');
    await window.clearToasts();
  });

  test('ends a task that runs, once that was confirmed in a dialog', async () => {
    const { window } = scene;
    const never = `${scene.lab.folder}/never`;
    const [id = ''] = await scene.lab.send({ broker: redis, task: 'lab.until_file', args: [never], queue: 'default' });
    const row = window.row('Clusters', 'api@lab');
    await eventually(async () => assert.match(await row.innerText(), /1 active/));
    await start('Revoke Task…');
    await window.promptSaying('The id of a task');
    await window.enter(id);
    await window.pick('Terminate with TERM');
    const [dialog] = await window.dialogs();
    assert.match(dialog?.text ?? '', /^Revoke and terminate task [\w-]{36}\?$/);
    assert.match(dialog?.detail ?? '', /lab\.until_file.*every worker \(2\).*Connection: shop \(dev\), redis:/s);
    await window.screenshot('revoke-dialog');
    await window.press('Terminate');
    await says(/^2 workers did it\. “api@lab: /);
    await eventually(async () => assert.match(await row.innerText(), /0 active/));
    await window.clearToasts();
  });

  test('purges a queue of production only when its name was typed, and says how much that was', async () => {
    const { window } = scene;
    await scene.lab.send({ broker: rabbitmq, task: 'lab.echo', args: [1], queue: 'unheard', count: 3 });
    await start('Purge Queue…', 'orders-prod');
    await window.pickAsking('Which queue?');
    await window.enter('unheard');
    await eventually(async () => assert.equal((await window.dialogs()).length, 1));
    const [dialog] = await window.dialogs();
    assert.equal(dialog?.text, 'Purge unheard?');
    assert.match(dialog?.detail ?? '', /^3 messages that wait in unheard are deleted\..*orders-prod \(prod\), amqp:/s);
    await window.screenshots('purge-dialog');
    await window.press('Purge');
    await window.promptSaying('orders-prod is production');
    await window.enter('orders');
    await eventually(async () => assert.match(await window.inputMessage(), /Type orders-prod to go on/));
    await window.screenshot('purge-typed');
    await window.enter('orders-prod');
    await says(/^3 messages were deleted from unheard on orders-prod/);
    assert.match(await rabbitmq.ctl(['list_queues', 'name', 'messages']), /unheard\s+0/);
    await window.clearToasts();
  });

  test('looks at the head of a queue, and says what looking changes on RabbitMQ', async () => {
    const { window } = scene;
    await scene.lab.send({ broker: rabbitmq, task: 'lab.echo', args: ['waits'], queue: 'unheard', count: 2 });
    await start('Peek into Queue…', 'orders-prod');
    await window.pickAsking('Which queue?');
    await window.enter('unheard');
    await window.pick('Peek');
    await pageShows(
      /celery queue unheard/,
      /2 of 2 waiting messages/,
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
    await window.promptSaying('The id of a task');
    await window.enter(id);
    await pageShows(/result /, /SUCCESS/, /result +"found"/);
    await window.screenshot('result');
    await start('Find Task by ID…');
    await window.promptSaying('how it begins');
    await window.enter(id.slice(0, 8));
    await eventually(async () => assert.match(await window.page.title(), /lab\.echo|Task /));
  });

  test('keeps a log of all that was changed, and by whom', async () => {
    await start('Show Audit Log');
    await pageShows(/celery audit log/, /pool_grow/, /rate_limit/, /revoke/, /send/);
    await scene.window.screenshots('audit');
  });

  test('changes nothing on a read-only connection, and says why', async () => {
    const { window } = scene;
    await start('Control Workers…', 'frozen');
    await window.pick('pool_shrink');
    await says(/"pool_shrink" was not sent: frozen is read-only/);
    await window.screenshot('read-only-refused');
    await window.clearToasts();
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
});
