import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Broker } from './broker.ts';
import type { Keeper } from './keeper.ts';

export interface LabFilesystem extends Broker {
  readonly transportOptions: {
    readonly data_folder_in: string;
    readonly data_folder_out: string;
    readonly control_folder: string;
    readonly processed_folder: string;
    readonly store_processed: boolean;
    readonly polling_interval?: number;
  };
}

export interface FilesystemOptions {
  readonly storeProcessed?: boolean;
  /** How often Celery looks into the folders; kombu's own is once a second, for tests of what that means. */
  readonly pollingSeconds?: number;
}

/** kombu's filesystem broker: one folder for all messages, so that every worker sees every other one's. */
export const makeFilesystem = (
  keeper: Keeper,
  name: string,
  { storeProcessed = false, pollingSeconds = 0.1 }: FilesystemOptions = {},
): LabFilesystem => {
  const folder = (part: string) => {
    const path = join(keeper.folder, name, part);
    mkdirSync(path, { recursive: true });
    return path;
  };
  return {
    url: 'filesystem://',
    transportOptions: {
      data_folder_in: folder('messages'),
      data_folder_out: folder('messages'),
      control_folder: folder('control'),
      processed_folder: folder('processed'),
      store_processed: storeProcessed,
      polling_interval: pollingSeconds,
    },
  };
};
