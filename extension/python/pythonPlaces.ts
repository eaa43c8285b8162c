import { posix, win32 } from 'node:path';
import { pythonIn } from '../demo/pythonCandidates.ts';

/** Where a Python for the code of a project may be. */
export interface PythonSurroundings {
  /** Those that run workers of this machine now. */
  readonly workers: readonly string[];
  /** What the Python extension has chosen for this folder. */
  readonly active: string | null;
  /** The app's own folder first, then those of the workspace that are above it. Empty where code may not be run. */
  readonly folders: readonly string[];
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The names of the entries of a folder; none where it cannot be read. */
  readonly list: (folder: string) => readonly string[];
  readonly platform: NodeJS.Platform;
}

/** The Pythons that may be meant for a project, the likeliest first. */
export const pythonPlaces = (around: PythonSurroundings): readonly string[] => {
  const { join } = around.platform === 'win32' ? win32 : posix;
  const { VIRTUAL_ENV: activated, CONDA_PREFIX: conda } = around.environment;
  const inFolders = around.folders.flatMap((folder) =>
    ['.venv', 'venv', 'env', '.conda'].map((name) => join(folder, name)),
  );
  const elsewhere = around.folders.flatMap((folder) => outsideOf(folder, around));
  const environments = [...inFolders, ...elsewhere, activated, conda].filter((each) => each !== undefined);
  const all = [
    ...around.workers,
    ...(around.active === null ? [] : [around.active]),
    ...environments.map((folder) => pythonIn(folder, around.platform)),
    ...(around.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']),
  ];
  return [...new Set(all)];
};

/** Poetry and pipenv keep environments together, each by the name of its project and a hash. */
const outsideOf = (folder: string, { home, environment, list, platform }: PythonSurroundings): string[] => {
  const { join, basename } = platform === 'win32' ? win32 : posix;
  const cache = environment['XDG_CACHE_HOME'] ?? join(home, '.cache');
  const stores = [
    environment['POETRY_VIRTUALENVS_PATH'],
    join(cache, 'pypoetry', 'virtualenvs'),
    join(home, 'Library', 'Caches', 'pypoetry', 'virtualenvs'),
    environment['WORKON_HOME'],
    join(home, '.local', 'share', 'virtualenvs'),
  ].filter((each) => each !== undefined);
  const name = basename(folder).toLowerCase().replaceAll(/[ _]/g, '-');
  const isOfProject = (entry: string): boolean =>
    entry.toLowerCase().replaceAll('_', '-').startsWith(`${name}-`) &&
    /^[\w-]{8}(?:-py[\d.]+)?$/.test(entry.slice(name.length + 1));
  return stores.flatMap((store) =>
    list(store)
      .filter(isOfProject)
      .map((entry) => join(store, entry)),
  );
};
