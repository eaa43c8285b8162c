import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { CeleryApp, CeleryAppsParams, CeleryCode, CeleryCodeParams } from '../api/language.ts';
import { importPath } from './importPath.ts';
import { listPythonFiles } from './pythonFiles.ts';
import { mayHoldApp, readApps, type WrittenApp } from './readApps.ts';
import { readTasks } from './readTasks.ts';

const fileLimit = 20_000;
const sizeLimit = 256 * 1024;

/** The Celery apps of a workspace, those that a worker can be started with first, the nearest first. */
export const celeryApps = async ({ folders }: CeleryAppsParams): Promise<readonly CeleryApp[]> => {
  const { files } = await listPythonFiles(folders, fileLimit);
  const found: CeleryApp[] = [];
  for (const file of files) {
    const text = await textOf(file);
    if (text === null || !mayHoldApp.test(text)) continue;
    found.push(...appsOf(readApps(text), { file, text }, folders));
  }
  const rank = (app: CeleryApp): number =>
    (app.isTest ? 4 : 0) + (app.how === 'function' ? 2 : 0) + (app.how === 'made' ? 1 : 0);
  return found.toSorted((a, b) => rank(a) - rank(b) || depthOf(a.file) - depthOf(b.file));
};

/** What a file that stands in an editor has to do with Celery. */
export const celeryCode = ({ folders, file, text }: CeleryCodeParams): CeleryCode => {
  const apps = mayHoldApp.test(text) ? appsOf(readApps(text), { file, text }, folders) : [];
  const { module } = importPath({ file, text }, folderOf(file, folders), existsSync);
  const { tasks } = readTasks(text);
  return {
    apps,
    module,
    tasks: tasks.map(({ name, function: own, line, topLine, firstLine }) => ({
      taskName: name ?? `${module}.${own}`,
      line,
      topLine,
      firstLine,
    })),
  };
};

const appsOf = (
  written: readonly WrittenApp[],
  source: { readonly file: string; readonly text: string },
  folders: readonly string[],
): CeleryApp[] => {
  const workspaceFolder = folderOf(source.file, folders);
  const { module, folder, isDjango } = importPath(source, workspaceFolder, existsSync);
  const isTest = ofTests.test(`/${relative(workspaceFolder, source.file).replaceAll(sep, '/')}`);
  return written.map(({ name, line, how }) => ({
    target: `${module}:${name}`,
    folder,
    file: source.file,
    line,
    how,
    isDjango,
    isTest,
  }));
};

const ofTests = /\/(?:tests?|testing|conftest\.py|test_[^/]*\.py)(?:\/|$)/;

/** The innermost folder of the workspace that the file is in. */
const folderOf = (file: string, folders: readonly string[]): string =>
  folders.filter((each) => file.startsWith(each)).toSorted((a, b) => b.length - a.length)[0] ?? '';

const depthOf = (file: string): number => file.split(sep).length;

/** Null: it cannot be read, or nobody wrote it by hand. */
const textOf = async (file: string): Promise<string | null> => {
  try {
    return (await stat(file)).size > sizeLimit ? null : await readFile(file, 'utf8');
  } catch {
    return null;
  }
};
