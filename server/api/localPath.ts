/** Names that Windows takes for a device, whatever the folder and the ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])[ .:]*(?:\.|$)/i;

/**
 * A path that somebody else has named (a worker, a message, a traceback, an answer), if looking at it stays on this machine;
 * null: it may lead to another. On Windows a look at `\\host\share` logs in there with the user's name and password hash,
 * whatever the spelling; so only what begins with a drive is looked at. Elsewhere an automounter may lie at `/net`.
 */
export const localPath = (path: string, platform: string): string | null => {
  if (path.includes('\0')) return null;
  return platform === 'win32' ? onDrive(path) : onRoot(path);
};

const onDrive = (path: string): string | null => {
  if (!/^[A-Za-z]:[\\/]/.test(path)) return null;
  const names = path.slice(3).split(/[\\/]/);
  // A colon opens a stream of a file or another device.
  return names.some((name) => device.test(name) || name.includes(':')) ? null : path;
};

const onRoot = (path: string): string | null => {
  if (!path.startsWith('/') || path.startsWith('//')) return null;
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names[0] === 'net' ? null : path;
};
