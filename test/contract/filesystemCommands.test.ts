import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { FilesystemOutbox } from '../../server/brokers/filesystemOutbox.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import { type LabFilesystem, until } from '../lab/lab.ts';
import { abandonSession } from './abandonedSession.ts';
import { collectReplies, inAMinute } from './collectReplies.ts';
import { command, order } from './commandContract.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

const table = ({ transportOptions }: LabFilesystem, exchange: string): string =>
  join(transportOptions.control_folder, `${exchange}.exchange`);

const rowsOf = async (broker: LabFilesystem, exchange: string): Promise<string[][]> =>
  JSON.parse(await readFile(table(broker, exchange), 'utf8'));

const replies = 'reply.celery.pidbox';

describe('commands over the folders of the filesystem broker', () => {
  labTest('leave nothing of a killed process, and all of others', async (lab) => {
    const broker = await lab.filesystem();
    const data = broker.transportOptions.data_folder_out;
    const elsewhere = `celeriac-another-host-1-${randomUUID()}`;
    const foreign = [elsewhere, randomUUID()].map((oid) => [oid, '', `${oid}.${replies}`]);
    await writeFile(table(broker, replies), JSON.stringify(foreign));
    await abandonSession(connectionTo(broker));
    const [left] = (await rowsOf(broker, replies)).filter((row) => !foreign.some(([oid]) => oid === row[0]));
    await writeFile(join(data, `1_x.${left?.[2]}.msg`), 'late');
    const unbound = left?.[2]?.replace(/[\da-f]{12}\./, '000000000000.');
    await writeFile(join(data, `1_x.${unbound}.msg`), 'later than its binding');
    const session = await openRecorded(createBroker(connectionTo(broker)));
    assert.deepEqual(await rowsOf(broker, replies), foreign);
    assert.deepEqual(await readdir(data), []);
    await session.close();
  });

  labTest('are bound anew when somebody deletes the table of replies', async (lab) => {
    const broker = await lab.filesystem();
    const session = await openRecorded(createBroker(connectionTo(broker)));
    const { box } = await collectReplies(session);
    await rm(table(broker, replies));
    assert.equal(await box.ask(command('ping'), 'x', inAMinute()), 0);
    assert.equal((await rowsOf(broker, replies)).length, 1);
    await session.close();
    assert.deepEqual(await rowsOf(broker, replies), []);
  });

  labTest('do not wait in a mailbox for longer than they are fresh', async (lab) => {
    const broker = await lab.filesystem();
    const { control_folder: control, data_folder_in: data } = broker.transportOptions;
    await writeFile(join(control, 'celery.pidbox.exchange'), JSON.stringify([['', '', 'gone@lab.celery.pidbox']]));
    const session = await openRecorded(createBroker(connectionTo(broker)));
    const { box } = await collectReplies(session);
    assert.deepEqual(await session.mailboxNames(), ['gone@lab']);
    assert.equal(await box.ask(command('shutdown'), 'x', Date.now() + 300), 1);
    assert.equal((await readdir(data)).length, 1);
    await until('it is withdrawn', async () => (await readdir(data)).length === 0);
    await session.close();
  });

  labTest('are not expected to be answered where several have been left lying', async (lab) => {
    const outbox = new FilesystemOutbox(lab.folder, 200);
    const isEmpty = async () => (await readdir(lab.folder)).length === 0;
    await outbox.put('deaf', 'x', 50);
    await until('it is withdrawn', isEmpty);
    assert.deepEqual(await outbox.deafQueues(), new Set());
    await until('it is taken for deaf', async () => {
      await outbox.put('deaf', 'x', 50);
      await until('it is withdrawn', isEmpty);
      return (await outbox.deafQueues()).has('deaf');
    });
    await outbox.close();
  });
});

describe('queues in the folders of the filesystem broker', () => {
  labTest('are told apart when one name ends like the other', async (lab) => {
    const broker = await lab.filesystem();
    const session = await openRecorded(createBroker(connectionTo(broker)));
    for (const queue of ['low', 'high.low', 'high.low'])
      await session.publish(taskMessage(order({ queue }), Date.now()));
    const depths = await session.queueDepths(['low', 'high.low', 'high']);
    assert.deepEqual(
      depths.map(({ ready, exists }) => ({ ready, exists })),
      [
        { ready: 1, exists: true },
        { ready: 2, exists: true },
        { ready: 0, exists: false },
      ],
    );
    assert.deepEqual(await session.queueNames(), ['high.low', 'low']);
    assert.equal(await session.purge('low'), 1);
    assert.equal((await session.queueDepths(['high.low']))[0]?.ready, 2);
    await session.close();
    assert.equal((await readdir(broker.transportOptions.data_folder_in)).length, 2, 'tasks must survive the session');
  });

  labTest('take a task for a worker of an older Celery, and by an exchange', async (lab) => {
    const broker = await lab.filesystem();
    const session = await openRecorded(createBroker(connectionTo(broker)));
    await writeFile(table(broker, 'shop'), JSON.stringify([['paid', '', 'default']]));
    const done = join(lab.folder, 'done');
    const code = 'lab.until_file';
    await session.publish(taskMessage(order({ name: code, args: [done, 5] }), Date.now()));
    await session.publish(taskMessage(order({ exchange: 'shop', routingKey: 'paid' }), Date.now()));
    await assert.rejects(session.publish(taskMessage(order({ exchange: 'shop', routingKey: 'lost' }), Date.now())), {
      code: 'notFound',
    });
    await writeFile(done, '');
    const worker = await lab.worker({ broker, name: 'old', celery: '5.2', pool: 'solo' });
    await until('both have run', () => worker.output().match(/succeeded in/g)?.length === 2, 20_000);
    await session.close();
  });

  labTest('cannot have a slash in their names, which would lead out of the folder', async (lab) => {
    const broker = await lab.filesystem();
    await mkdir(join(broker.transportOptions.data_folder_in, '1_x.a'));
    const session = await openRecorded(createBroker(connectionTo(broker)));
    for (const queue of ['a/../../x', 'a\\b']) {
      await assert.rejects(session.publish(taskMessage(order({ queue }), Date.now())), {
        code: 'badRequest',
        message: /slash/,
      });
    }
    await session.close();
  });
});
