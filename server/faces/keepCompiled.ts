import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Node keeps what it compiles from now on, so that the next process loads it in half the time. Older Nodes cannot. */
export const keepCompiled = (): void => {
  module.enableCompileCache?.(cacheFolder());
};

/** Under the user's own folder: what others could write to, they could have us run. */
const cacheFolder = (): string => {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME;
  return join(base || join(homedir(), '.cache'), 'celeriac', 'compiled');
};
