import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CeleriacError, messageOf } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';

/** The folders of kombu's filesystem transport, as the workers' `broker_transport_options` name them. */
export interface FilesystemFolders {
  /** Where workers read: remote control goes here. */
  readonly in: string;
  /** Where workers write: their events come from here. */
  readonly out: string;
  readonly control: string;
}

/** kombu/transport/filesystem.py: Channel.data_folder_in and its like, with their defaults. */
export const readFolders = (options: Readonly<Record<string, unknown>>): FilesystemFolders => {
  const folder = (name: string, fallback: string): string => {
    const value = options[name];
    return resolve(typeof value === 'string' && value !== '' ? value : fallback);
  };
  return {
    in: folder('data_folder_in', 'data_in'),
    out: folder('data_folder_out', 'data_out'),
    control: folder('control_folder', 'control'),
  };
};

/** Like kombu, expects the data folders and makes the control folder. */
export const checkFolders = async (folders: FilesystemFolders): Promise<void> => {
  try {
    await checkFolder(folders.in);
    await checkFolder(folders.out);
    await mkdir(folders.control, { recursive: true });
    await checkFolder(folders.control);
  } catch (error) {
    throw explainFileError(error, folders.control);
  }
};

const checkFolder = async (folder: string): Promise<void> => {
  const entry = await stat(folder);
  if (!entry.isDirectory()) {
    throw new CeleriacError('brokerMissing', phrase('filesystem.notAFolder', { folder }));
  }
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
};

/** What a failed file operation means to a user. */
export const explainFileError = (error: unknown, fallback: string): CeleriacError => {
  if (error instanceof CeleriacError) return error;
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : fallback;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new CeleriacError('brokerMissing', phrase('filesystem.noFolder', { folder: path }), { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CeleriacError('brokerPermission', phrase('filesystem.noRight', { folder: path }), {
        cause: error,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return new CeleriacError('brokerUnreachable', phrase('filesystem.noSpace', { folder: path }), { cause: error });
    default:
      return new CeleriacError(
        'brokerProtocol',
        phrase('filesystem.failed', { folder: path, reason: messageOf(error) }),
        { cause: error },
      );
  }
};
