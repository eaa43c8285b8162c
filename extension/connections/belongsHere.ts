import { homedir } from 'node:os';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether a connection that names folders is meant for a window with these; one that names none is for all. */
export const belongsHere = (folders: unknown, workspaceFolders: readonly string[]): boolean => {
  if (!Array.isArray(folders) || folders.length === 0) return true;
  const named = folders.filter((each) => typeof each === 'string').map(fromHome);
  return named.some((folder) => workspaceFolders.some((open) => isWithin(open, folder) || isWithin(folder, open)));
};

const fromHome = (folder: string): string =>
  folder === '~' || folder.startsWith('~/') ? join(homedir(), folder.slice(1)) : resolve(folder);

/** Whoever opens a folder of a project, or the folder that holds it, works on that project. */
const isWithin = (inner: string, outer: string): boolean => {
  const way = relative(outer, inner);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
};
