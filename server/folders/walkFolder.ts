import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type IgnorePattern, isIgnored, readGitignore } from './gitignore.ts';

/** What is never a project's own code, whether or not git ignores it. */
const skipped =
  /^(?:node_modules|site-packages|dist-packages|__pycache__|venv|env|virtualenv|\..+|.*\.egg-info|build|dist)$/;
/** Files that mark a folder as a Python environment. */
const ofEnvironment: ReadonlySet<string> = new Set(['pyvenv.cfg', 'conda-meta']);
const deepest = 24;

export interface WalkOptions {
  readonly takes: (name: string) => boolean;
  /** How many files are taken at most. */
  readonly most: number;
  readonly isStopped?: () => boolean;
}

export interface Walked {
  /** Relative to the folder, with slashes; the nearest first. */
  readonly files: readonly string[];
  /** More were there than may be taken. */
  readonly isCut: boolean;
  /** Folders that lie too deep or cannot be read, in sentences. */
  readonly leftOut: readonly string[];
  /** How many files and folders git ignores. */
  readonly ignored: number;
}

/**
 * The one walk over a project's files: no virtual environments, no hidden folders, nothing that git ignores. Symbolic
 * links are not followed, so that no loop has no end and no file is found twice.
 */
export const walkFolder = async (
  folder: string,
  { takes, most, isStopped = () => false }: WalkOptions,
): Promise<Walked> => {
  const files: string[] = [];
  const leftOut: string[] = [];
  let ignored = 0;
  const waiting: Waiting[] = [{ names: [], ignores: await ignoresAbove(folder) }];
  for (let next = 0; next < waiting.length && !isStopped(); next++) {
    const { names, ignores } = waiting[next] ?? { names: [], ignores: [] };
    const entries = await entriesOf(join(folder, ...names));
    if (entries === null) {
      leftOut.push(`${names.length === 0 ? folder : names.join('/')} is left out: the folder cannot be read.`);
      continue;
    }
    if (names.length > 0 && entries.some(({ name }) => ofEnvironment.has(name))) continue;
    const own = await withOwnIgnores(folder, names, ignores, entries);
    for (const entry of entries) {
      const path = [...names, entry.name];
      const isFolder = entry.isDirectory();
      if (isFolder ? skipped.test(entry.name) : !entry.isFile() || !takes(entry.name)) continue;
      if (isIgnoredBy(own, path, isFolder)) {
        ignored++;
      } else if (!isFolder) {
        if (files.length >= most) return { files, isCut: true, leftOut, ignored };
        files.push(path.join('/'));
      } else if (names.length < deepest) waiting.push({ names: path, ignores: own });
      else leftOut.push(`${path.join('/')} is left out: it lies more than ${deepest} folders deep.`);
    }
  }
  return { files, isCut: false, leftOut, ignored };
};

interface Waiting {
  readonly names: readonly string[];
  readonly ignores: readonly Ignores[];
}

/** The patterns of one .gitignore file. */
interface Ignores {
  readonly patterns: readonly IgnorePattern[];
  /** How its folder is reached from the walked one: names above it, or how many names below it. */
  readonly above: readonly string[];
  readonly below: number;
}

/** The file that lies nearest decides. */
const isIgnoredBy = (ignores: readonly Ignores[], path: readonly string[], isFolder: boolean): boolean => {
  for (const { patterns, above, below } of ignores) {
    const verdict = isIgnored(patterns, [...above, ...path.slice(below)], isFolder);
    if (verdict !== null) return verdict;
  }
  return false;
};

const withOwnIgnores = async (
  folder: string,
  names: readonly string[],
  ignores: readonly Ignores[],
  entries: readonly Dirent[],
): Promise<readonly Ignores[]> => {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return ignores;
  const patterns = await patternsOf(join(folder, ...names, '.gitignore'));
  return [{ patterns, above: [], below: names.length }, ...ignores];
};

/** Of the folders above, up to that of the repository. A folder that is named itself is read even if it is ignored. */
const ignoresAbove = async (folder: string): Promise<readonly Ignores[]> => {
  const found: Ignores[] = [];
  const above: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (at !== folder) found.push({ patterns: await patternsOf(join(at, '.gitignore')), above: [...above], below: 0 });
    if (await exists(join(at, '.git'))) {
      found.push({ patterns: await patternsOf(join(at, '.git/info/exclude')), above: [...above], below: 0 });
      return found;
    }
    if (dirname(at) === at) return [];
    above.unshift(basename(at));
  }
};

const largestIgnoreFile = 256 * 1024;

const patternsOf = async (file: string): Promise<readonly IgnorePattern[]> => {
  try {
    if ((await stat(file)).size > largestIgnoreFile) return [];
    return readGitignore(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
};

const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
};

/** Null: it cannot be read, or went away meanwhile. */
const entriesOf = async (folder: string): Promise<readonly Dirent[] | null> => {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
};
