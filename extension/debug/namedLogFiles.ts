import { isAbsolute, join } from 'node:path';
import { readableFolders } from '../discovery/readableFolders.ts';
import { setting } from '../setting.ts';

/**
 * The log files that the settings name, as patterns. A file without a folder before it is one of the workspace, and no file
 * of a workspace is opened before it is trusted.
 */
export const namedLogFiles = (): readonly string[] => {
  return setting('debug.logFiles').flatMap((name) =>
    isAbsolute(name) ? [name] : readableFolders().map((folder) => join(folder, name)),
  );
};
