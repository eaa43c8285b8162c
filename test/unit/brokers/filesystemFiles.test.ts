import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FilesystemInbox } from '../../../server/brokers/filesystemInbox.ts';
import { FilesystemQueues } from '../../../server/brokers/filesystemQueues.ts';
import { ExchangeTable } from '../../../server/brokers/filesystemTable.ts';
import { withoutPipes } from '../files/withoutPipes.ts';

const someFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-folders-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
/** More than there are threads that wait for files. */
const pipesIn = (folder: string, queue: string): void => {
  for (let index = 0; index < 8; index++) execFileSync('mkfifo', [join(folder, `${index}_x.${queue}.msg`)]);
};
const message = '{"body": "e30=", "headers": {}, "properties": {"delivery_tag": "t"}}';

describe('the folders of a broker that others write to', withoutPipes, () => {
  it('let a queue be peeked into though named pipes and folders lie between its messages', async (t) => {
    const folder = someFolder(t);
    pipesIn(folder, 'q');
    mkdirSync(join(folder, '8_x.q.msg'));
    writeFileSync(join(folder, '9_x.q.msg'), message);
    const queues = new FilesystemQueues({ in: folder, out: folder, control: folder });
    assert.equal((await queues.peek('q', 20)).length, 1);
  });

  it('let messages be received though named pipes lie between them', async (t) => {
    const folder = someFolder(t);
    pipesIn(folder, 'mine');
    writeFileSync(join(folder, '9_x.mine.msg'), message);
    const received = await new Promise<Buffer>((resolve, reject) => {
      const inbox = new FilesystemInbox({ folders: [folder], queue: 'mine', onMessage: resolve, onFailure: reject });
      t.after(() => inbox.close());
      inbox.start();
    });
    assert.equal(received.toString(), message);
  });

  it('hand over no more of a message than can be one, and keep none of it', async (t) => {
    const folder = someFolder(t);
    const path = join(folder, '1_x.mine.msg');
    writeFileSync(path, '');
    truncateSync(path, 1024 ** 4);
    utimesSync(path, 0, 0);
    const received = await new Promise<Buffer>((resolve, reject) => {
      const inbox = new FilesystemInbox({ folders: [folder], queue: 'mine', onMessage: resolve, onFailure: reject });
      t.after(async () => {
        await inbox.close();
        assert.equal(existsSync(path), false);
      });
      inbox.start();
    });
    assert.ok(received.length <= 48 * 1024 * 1024);
  });

  it('name the table of bindings that is none', async (t) => {
    const folder = someFolder(t);
    execFileSync('mkfifo', [join(folder, 'celery.exchange')]);
    await assert.rejects(
      new ExchangeTable(folder, 'celery').read(),
      /celery\.exchange cannot be read: it is a named pipe\.$/,
    );
  });
});
