import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { FilesystemInbox } from '../../server/brokers/filesystemInbox.ts';
import { FilesystemOutbox } from '../../server/brokers/filesystemOutbox.ts';
import { until } from '../lab/lab.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { needKombuWithExchanges } from './needKombuWithExchanges.ts';
import { openRecorded } from './recordedSession.ts';

const heartbeat = { method: 'heartbeat', arguments: {}, destination: null, pattern: null, matcher: null };

const queuesOf = async (controlFolder: string, exchange: string): Promise<string[]> => {
  const rows: string[][] = JSON.parse(await readFile(join(controlFolder, `${exchange}.exchange`), 'utf8'));
  return rows.map(([, , queue]) => queue ?? '');
};

/** Opens a session and waits to be killed. */
const abandoner = `
import { createBroker } from '${new URL('../../server/brokers/createBroker.ts', import.meta.url)}';
const listener = { onDelivery() {}, onLost() {}, onBlocked() {} };
await createBroker(JSON.parse(process.argv[1])).connect(listener, new AbortController().signal);
console.log('open');
setInterval(() => {}, 60_000);
`;

/** Binds many queues as kombu does, then says how many of them are bound. */
const binder = `
from lab_app import app
channel = app.connection_for_write().default_channel
for number in range(400):
    channel._queue_bind('celeryev', '#', '^.*?$', f'kombu.{number}')
    channel.get_table('celeryev')
print(len([row for row in channel.get_table('celeryev') if row.queue.startswith('kombu.')]))
`;

describe('the folders of the filesystem broker', () => {
  labTest('may be others for reading than for writing, and keep what was processed', async (lab) => {
    const { url, transportOptions } = await lab.filesystem({ storeProcessed: true });
    const toWorkers = join(lab.folder, 'to-workers');
    const fromWorkers = join(lab.folder, 'from-workers');
    await Promise.all([mkdir(toWorkers), mkdir(fromWorkers)]);
    const broker = {
      url,
      transportOptions: { ...transportOptions, data_folder_in: toWorkers, data_folder_out: fromWorkers },
    };
    const session = await openRecorded(createBroker(connectionTo(broker)));
    await needKombuWithExchanges(lab, broker);
    const worker = await lab.worker({ broker, name: 'apart', pool: 'solo' });
    await session.event((event) => event.type === 'worker-online');
    await until('the mailbox is bound', async () => (await session.broadcast(heartbeat)) === 1);
    await session.event((event) => event['freq'] === 5 && event.hostname === worker.hostname);
    await session.close();
  });

  labTest('are cleaned of what a killed session of ours left', async (lab) => {
    const broker = await lab.filesystem();
    const { data_folder_out: data, control_folder: control } = broker.transportOptions;
    const child = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      abandoner,
      JSON.stringify(connectionTo(broker)),
    ]);
    await once(child.stdout, 'data');
    const [abandoned] = await queuesOf(control, 'celeryev');
    child.kill('SIGKILL');
    await once(child, 'close');
    await writeFile(join(data, `1_x.${abandoned}.msg`), 'nobody reads this');
    await writeFile(
      join(control, 'celeryev.exchange'),
      JSON.stringify([
        ['#', '^.*?$', abandoned],
        ['#', '^.*?$', 'celeryev.flower'],
      ]),
    );

    const session = await openRecorded(createBroker(connectionTo(broker)));
    assert.equal((await queuesOf(control, 'celeryev')).includes(abandoned ?? ''), false);
    assert.deepEqual(await readdir(data), []);
    await session.close();
    assert.deepEqual(await queuesOf(control, 'celeryev'), ['celeryev.flower']);
  });

  labTest('lose no binding when kombu and we change the same table at once', async (lab) => {
    const broker = await lab.filesystem();
    const { control_folder: control } = broker.transportOptions;
    await needKombuWithExchanges(lab, broker);
    const kombu = lab.python({ broker, code: binder });
    let isDone = false;
    void kombu.finally(() => {
      isDone = true;
    });
    let opened = 0;
    while (!isDone) {
      const sessions = await Promise.all([1, 2, 3].map(() => openRecorded(createBroker(connectionTo(broker)))));
      opened += sessions.length;
      await Promise.all(sessions.map((session) => session.close()));
      for (const session of sessions) assert.deepEqual(session.losses, []);
    }
    const { stdout, stderr, code } = await kombu;
    assert.equal(code, 0, stderr);
    assert.equal(stdout.trim(), '400', 'kombu lost bindings');
    const queues = await queuesOf(control, 'celeryev');
    assert.equal(
      queues.length,
      400,
      `${opened} sessions left ${queues.filter((queue) => !queue.startsWith('kombu.'))}`,
    );
  });

  labTest('get our binding back when somebody removes it, and the gap is told', async (lab) => {
    const broker = await lab.filesystem();
    const { control_folder: control, data_folder_out: data } = broker.transportOptions;
    const session = await openRecorded(createBroker(connectionTo(broker)));
    await rm(join(control, 'celeryev.exchange'));
    const queue = await until('our queue is bound again', async () => (await queuesOf(control, 'celeryev'))[0]);
    await until('the loss is told', () => session.losses.length === 1);
    await writeFile(join(data, `1_x.${queue}.msg`), 'heard again}}');
    await session.raw('heard again}}');
    await session.close();
  });

  labTest('give messages in the order in which they were sent, each once, and whole', async (lab) => {
    const bodies: string[] = [];
    const inbox = new FilesystemInbox({
      folders: [lab.folder],
      queue: 'ours',
      onMessage: (bytes) => bodies.push(bytes.toString()),
      onFailure: (error) => assert.fail(String(error)),
    });
    const wanted = Array.from({ length: 1_000 }, (_, index) => `{"number": {"${index}": ${'0'.repeat(index)}}}`);
    const write = (index: number) => writeFile(join(lab.folder, `${index}_x.ours.msg`), wanted[index] ?? '');
    for (let index = 499; index >= 0; index--) await write(index);
    inbox.start();
    await until('what lay there has come', () => bodies.length >= 500);
    for (let index = 500; index < 1_000; index++) await write(index);
    await until('what was added has come', () => bodies.length >= 1_000);
    await inbox.close();
    assert.deepEqual(bodies, wanted);
    assert.deepEqual(await readdir(lab.folder), []);
  });

  labTest('hold a command for a worker that is gone no longer than the session', async (lab) => {
    const broker = await lab.filesystem();
    const { control_folder: control, data_folder_in: data } = broker.transportOptions;
    await writeFile(join(control, 'celery.pidbox.exchange'), JSON.stringify([['', '', 'gone@lab.celery.pidbox']]));
    const session = await openRecorded(createBroker(connectionTo(broker)));
    assert.equal(await session.broadcast(heartbeat), 1);
    assert.equal(await session.broadcast({ ...heartbeat, destination: ['other@lab'] }), 0);
    assert.equal((await readdir(data)).length, 1);
    await session.close();
    assert.deepEqual(await readdir(data), []);
  });

  labTest('tell a mailbox that nobody empties from one that is emptied', async (lab) => {
    const outbox = new FilesystemOutbox(lab.folder, 0);
    await outbox.put('deaf', 'x', 60_000);
    await outbox.put('heard', 'x', 60_000);
    const [taken] = (await readdir(lab.folder)).filter((name) => name.includes('.heard.'));
    await rm(join(lab.folder, taken ?? ''));
    assert.deepEqual(await outbox.deafQueues(), new Set(['deaf']));
    await outbox.put('deaf', 'again', 60_000);
    const [back] = (await readdir(lab.folder)).filter((name) => name.includes('.deaf.'));
    await rm(join(lab.folder, back ?? ''));
    assert.deepEqual(await outbox.deafQueues(), new Set());
  });
});
