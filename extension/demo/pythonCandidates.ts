import { posix, win32 } from 'node:path';

export interface PythonPlaces {
  /** The interpreter that the Python extension has chosen. */
  readonly active: string | null;
  /** Folders that the user trusts: their virtual environments may be run. */
  readonly trustedFolders: readonly string[];
  /** Where the demo's own virtual environment is, once it has been made. */
  readonly ownFolder: string;
  readonly platform: NodeJS.Platform;
}

/** The Pythons that may have Celery, the likeliest first. */
export const pythonCandidates = ({ active, trustedFolders, ownFolder, platform }: PythonPlaces): string[] => {
  const { join } = platform === 'win32' ? win32 : posix;
  const venvs = trustedFolders.flatMap((folder) => ['.venv', 'venv', 'env'].map((name) => join(folder, name)));
  const all = [
    ...(active === null ? [] : [active]),
    ...[...venvs, ownFolder].map((folder) => pythonIn(folder, platform)),
    ...(platform === 'win32' ? ['python', 'py'] : ['python3', 'python']),
  ];
  return [...new Set(all)];
};

/** The interpreter of a virtual environment. */
export const pythonIn = (folder: string, platform: NodeJS.Platform): string =>
  platform === 'win32' ? win32.join(folder, 'Scripts', 'python.exe') : posix.join(folder, 'bin', 'python');
