import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { walkFolder } from '../folders/walkFolder.ts';
import { CodeIndex } from './codeIndex.ts';
import { mayNameTasks } from './editor/namesInDocument.ts';
import { type SourceFile, shortened } from './readFiles.ts';

const marking = /^(?:manage\.py|pyproject\.toml|setup\.py|setup\.cfg|__init__\.py|pyvenv\.cfg)$/;
/** What may start processes, or hold settings. */
const documentName = /^(?:Procfile\S*|.*\.(?:ya?ml|json))$/;
const mostFiles = 100_000;
const mostDocuments = 500;
/** What people write by hand is far smaller, and as much is read without keeping others waiting. */
const largestFile = 256 * 1024;
const mayConcernCelery = /celery|shared_task/i;

export interface ReadWorkspace {
  /** The folder that paths are relative to. */
  readonly folder: string;
  readonly index: CodeIndex;
  /** The files that mark a project's folder. */
  readonly present: ReadonlySet<string>;
  /** The files that were asked about, relative to the folder; null: all. */
  readonly selected: ReadonlySet<string> | null;
  /** What was left out, in sentences. */
  readonly leftOut: readonly string[];
  /** How many files and folders git ignores; they are not read. */
  readonly ignored: number;
}

/** What an editor knows better than the disk, and what was read before. */
export interface ReadOptions {
  readonly isStopped?: () => boolean;
  /** Texts that are not saved yet, by the whole path of their file. */
  readonly unsaved?: ReadonlyMap<string, string>;
  readonly cache?: SyntaxCache;
}

/** The files that were read, by their whole path: what has not changed is not parsed again. */
export class SyntaxCache {
  private files = new Map<string, SourceFile & { readonly stamp: string }>();

  known(file: string, stamp: string): SourceFile | undefined {
    const found = this.files.get(file);
    return found?.stamp === stamp ? found : undefined;
  }

  /** Keeps the files of an index, and forgets those that are not among them. */
  keep(folder: string, { files }: CodeIndex, stamps: ReadonlyMap<string, string>): void {
    for (const file of this.files.keys()) if (file.startsWith(join(folder, sep))) this.files.delete(file);
    for (const { path, syntax } of files) {
      const stamp = stamps.get(path);
      if (stamp !== undefined) this.files.set(join(folder, path), { path, text: syntax.text, syntax, stamp });
    }
  }
}

/** Reads the Python files of a project; nothing is run, and with no Celery among them nothing is parsed. */
export const readWorkspace = async (
  paths: readonly string[],
  { isStopped = () => false, unsaved = new Map(), cache }: ReadOptions = {},
): Promise<ReadWorkspace> => {
  const wanted = paths.length === 0 ? ['.'] : paths;
  const stats = await Promise.all(
    wanted.map(async (path) => ({ path: resolve(path), isFile: (await stat(path)).isFile() })),
  );
  const folder = commonFolder(stats.map(({ path, isFile }) => (isFile ? projectFolder(path) : path)));
  const listed = await listFiles(folder, isStopped);
  const leftOut = [...listed.leftOut];
  const read = await readFiles(folder, listed.python, unsaved, cache);
  const sources = read.flatMap(({ path, source }) => {
    if ('why' in source) leftOut.push(`${path} is skipped: ${source.why}.`);
    return 'why' in source ? [] : [source];
  });
  const concernsCelery = sources.some(({ text }) => mayConcernCelery.test(text));
  const documents: SourceFile[] = [];
  for (const path of listed.documents) {
    const text = await readText(join(folder, path));
    if (typeof text === 'string' && (text.includes('celery') || mayNameTasks(text))) documents.push({ path, text });
  }
  const isPart = stats.some(({ path }) => path !== folder);
  const selected = isPart ? selectedOf(stats, folder, [...listed.python, ...listed.documents]) : null;
  const index = new CodeIndex(concernsCelery ? sources : [], listed.present, documents);
  cache?.keep(folder, index, new Map(read.map(({ path, stamp }) => [path, stamp])));
  return { folder, index, present: listed.present, selected, leftOut, ignored: listed.ignored };
};

interface ReadFile {
  readonly path: string;
  /** Another once the file has changed. */
  readonly stamp: string;
  readonly source: SourceFile | { readonly why: string };
}

/** A disk answers several questions as fast as one. */
const readAtOnce = 16;

/** In the order of the paths. Of a file that has nothing to do with tasks only the imports stay in memory. */
const readFiles = async (
  folder: string,
  paths: readonly string[],
  unsaved: ReadonlyMap<string, string>,
  cache: SyntaxCache | undefined,
): Promise<readonly ReadFile[]> => {
  const read = async (path: string): Promise<ReadFile> => {
    const file = join(folder, path);
    const typed = unsaved.get(file);
    const stamp = typed === undefined ? await stampOf(file) : `typed ${typed}`;
    const known = cache?.known(file, stamp);
    if (known) return { path, stamp, source: known };
    const text = typed ?? (await readText(file));
    return { path, stamp, source: typeof text === 'string' ? shortened(path, text) : text };
  };
  const found: ReadFile[] = [];
  for (let at = 0; at < paths.length; at += readAtOnce)
    found.push(...(await Promise.all(paths.slice(at, at + readAtOnce).map(read))));
  return found;
};

const slashed = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));

const selectedOf = (
  stats: readonly { readonly path: string; readonly isFile: boolean }[],
  folder: string,
  files: readonly string[],
): ReadonlySet<string> => {
  const within = stats.map(({ path, isFile }) => ({ path: slashed(relative(folder, path)), isFile }));
  return new Set(
    files.filter((file) =>
      within.some(({ path, isFile }) => (isFile ? file === path : path === '' || file.startsWith(`${path}/`))),
    ),
  );
};

/** Of a file that is named alone: what it imports, and who uses it, lies around it. */
const projectFolder = (file: string): string => dirname(file);

const commonFolder = (folders: readonly string[]): string => {
  const [first = resolve('.'), ...others] = folders;
  let common = first;
  while (!others.every((each) => each === common || each.startsWith(common.endsWith(sep) ? common : common + sep))) {
    const above = dirname(common);
    if (above === common) break;
    common = above;
  }
  return common;
};

interface Listed {
  readonly python: readonly string[];
  /** What may start processes. */
  readonly documents: readonly string[];
  readonly present: ReadonlySet<string>;
  readonly leftOut: readonly string[];
  readonly ignored: number;
}

const listFiles = async (folder: string, isStopped: () => boolean): Promise<Listed> => {
  const isPython = (name: string): boolean => name.endsWith('.py');
  const takes = (name: string): boolean => isPython(name) || marking.test(name) || documentName.test(name);
  const { files, isCut, leftOut, ignored } = await walkFolder(folder, { takes, most: mostFiles, isStopped });
  const python = files.filter(isPython).sort();
  return {
    python,
    documents: files.filter((path) => documentName.test(basename(path))).slice(0, mostDocuments),
    present: new Set(files.filter((path) => marking.test(basename(path)))),
    leftOut: isCut ? [...leftOut, `Only the first ${mostFiles} files were read.`] : leftOut,
    ignored,
  };
};

const readText = async (file: string): Promise<string | { readonly why: string }> => {
  try {
    const { size } = await stat(file);
    if (size > largestFile) return { why: `${basename(file)} is larger than 256 KB` };
    const bytes = await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return { why: error instanceof TypeError ? 'it is not UTF-8' : 'it cannot be read' };
  }
};

/** Differs once a file has been written. */
const stampOf = async (file: string): Promise<string> => {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'gone';
  }
};
