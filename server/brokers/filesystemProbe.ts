import type { ConnectionConfig } from '../api/model.ts';
import { phrase } from '../api/phrase.ts';
import { createFilesystemBroker } from './filesystem.ts';
import { checkFolders, readFolders } from './filesystemFolders.ts';
import type { BrokerProbe } from './probe.ts';

export const createFilesystemProbe = (config: ConnectionConfig): BrokerProbe => {
  const folders = readFolders(config.transportOptions);
  return {
    broker: createFilesystemBroker(config),
    targets: [],
    place: phrase('test.folders', { folders: [...new Set([folders.in, folders.out, folders.control])].join(', ') }),
    encryptedScheme: null,
    enter: () => checkFolders(folders),
  };
};
