import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'node:test';
import { Lab } from '../lab/lab.ts';
import { brokerContract, type ContractSubject } from './brokerContract.ts';
import { connectionTo } from './connectionTo.ts';
import { needKombuWithExchanges } from './needKombuWithExchanges.ts';

const open = async (): Promise<ContractSubject> => {
  const lab = await Lab.open();
  const broker = await lab.filesystem();
  const { data_folder_in, data_folder_out, control_folder } = broker.transportOptions;
  const config = connectionTo(broker);
  const missing = join(lab.folder, 'missing');

  return {
    config,
    product: /^Filesystem$/,
    secrets: [],
    batchesEvents: false,
    badConnections: [
      {
        title: 'a folder that does not exist',
        config: { ...config, transportOptions: { ...broker.transportOptions, data_folder_in: missing } },
        code: 'brokerMissing',
        sentence: new RegExp(`Folder ${missing} not found`),
      },
    ],
    startWorker: async (name) => {
      await needKombuWithExchanges(lab, broker);
      return lab.worker({ broker, name });
    },
    sendTasks: async (count, queue = 'default') => {
      await lab.send({ broker, task: 'lab.echo', args: [1], count, queue });
    },
    publishRaw: async (bytes) => {
      const file = join(control_folder, 'celeryev.exchange');
      const rows: [string, string, string][] = JSON.parse(await readFile(file, 'utf8'));
      for (const [, , queue] of rows) {
        await writeFile(join(data_folder_out, `${Math.round(performance.now())}_${randomUUID()}.${queue}.msg`), bytes);
      }
    },
    footprint: async () => {
      const tables = (await readdir(control_folder)).filter((name) => name.endsWith('.exchange'));
      const rows = await Promise.all(tables.map((name) => readFile(join(control_folder, name), 'utf8')));
      return [...(await readdir(data_folder_in)), ...rows.flatMap((text) => JSON.parse(text).map(String))].sort();
    },
    kill: () => rm(join(data_folder_in, '..'), { recursive: true }),
    close: () => lab.close(),
  };
};

/** Each suite has folders of its own, and mostly waits for workers to look into them. */
describe('the filesystem broker', { concurrency: 3 }, () => brokerContract('the filesystem broker', open));
