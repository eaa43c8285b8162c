import { readdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { localPath } from '../../api/localPath.ts';
import { namePatterns } from '../../api/namePatterns.ts';
import { linkOf, wordsOf } from '../procFs.ts';

/**
 * Where a worker of this machine writes to: what it was told with --logfile, and where its output was led. A process may
 * name any path; one that may lead to another machine is not looked at.
 */
export const logFilesOf = async (pid: number): Promise<readonly string[]> => {
  const [words, folder] = await Promise.all([wordsOf(pid, 'cmdline'), linkOf(pid, 'cwd')]);
  const named = logFileInArguments(words);
  const pattern = named === null ? null : localPath(resolve(folder ?? '/', named), process.platform);
  const outputs = await Promise.all([linkOf(pid, 'fd/1'), linkOf(pid, 'fd/2')]);
  const all = [
    ...(pattern === null ? [] : await filesLike(pattern)),
    ...outputs.flatMap((output) => localPath(output ?? '', process.platform) ?? []),
  ];
  const areFiles = await Promise.all(all.map(isFile));
  return [...new Set(all.filter((_, index) => areFiles[index]))];
};

/** celery/bin/base.py: -f, --logfile. Null: its log goes to its output. */
export const logFileInArguments = (words: readonly string[]): string | null => {
  for (const [index, word] of words.entries()) {
    const [, joined] = /^(?:--logfile=|-f=?)(.+)$/.exec(word) ?? [];
    if (joined) return joined;
    if (word === '--logfile' || word === '-f') return words[index + 1] || null;
  }
  return null;
};

const mostFiles = 50;

/**
 * The files that fit a pattern: `*` and `?` in any part of it, and what Celery fills in itself, such as %n for the node's
 * name and %I for the number of the child (celery/utils/nodenames.py).
 */
export const filesLike = async (pattern: string): Promise<readonly string[]> => {
  if (!isAbsolute(pattern)) return [];
  const parts = normalize(withoutMarks(pattern)).split(/[\\/]/).slice(1);
  let found = [pattern.startsWith('/') ? '/' : join(dirname(pattern.slice(0, 3)), '/')];
  for (const part of parts) {
    const next = await Promise.all(found.map((folder) => entriesLike(folder, part)));
    found = next.flat().slice(0, mostFiles);
  }
  return found;
};

const withoutMarks = (pattern: string): string => pattern.replaceAll('%%', '%').replaceAll(/%[nhdpiI]/g, '*');

const entriesLike = async (folder: string, part: string): Promise<readonly string[]> => {
  if (!/[*?]/.test(part)) return [join(folder, part)];
  const fits = namePatterns([part.replaceAll('[', '[[]')], { marks: 'fnmatch' });
  const names = await readdir(folder).catch(() => []);
  return names.filter(fits).map((name) => join(folder, name));
};

const isFile = async (path: string): Promise<boolean> =>
  isAbsolute(path) &&
  (await stat(path).then(
    (found) => found.isFile(),
    () => false,
  ));
