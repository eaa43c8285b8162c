import { existsSync } from 'node:fs';
import { localPath } from '../../server/api/localPath.ts';

/** Whether a file that somebody else has named lies on this machine; no other machine is asked. */
export const existsHere = (path: string): boolean => {
  const local = localPath(path, process.platform);
  return local !== null && existsSync(local);
};
