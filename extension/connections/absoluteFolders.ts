import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** kombu/transport/filesystem.py: Channel.data_folder_in and its like, with their defaults. */
const defaults: Readonly<Record<string, string>> = {
  data_folder_in: 'data_in',
  data_folder_out: 'data_out',
  control_folder: 'control',
};

/** The folders of a filesystem broker are relative to where the workers run; the backend runs somewhere else. */
export const withAbsoluteFolders = (
  url: string,
  options: Readonly<Record<string, unknown>>,
  baseFolder: string,
): Readonly<Record<string, unknown>> => {
  if (!url.toLowerCase().startsWith('filesystem:')) return options;
  const folders = Object.entries(defaults).map(([name, fallback]) => {
    const value = options[name];
    return [name, absolute(typeof value === 'string' && value !== '' ? value : fallback, baseFolder)];
  });
  return { ...options, ...Object.fromEntries(folders) };
};

const absolute = (folder: string, baseFolder: string): string => {
  if (folder === '~' || folder.startsWith('~/')) return join(homedir(), folder.slice(1));
  return isAbsolute(folder) ? folder : join(baseFolder, folder);
};
