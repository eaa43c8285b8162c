import { readFile, stat } from 'node:fs/promises';
import type { TaskDefinition, TaskDefinitionParams } from '../api/language.ts';
import { listPythonFiles } from './pythonFiles.ts';
import type { PythonParser } from './pythonParser.ts';
import { readTasks, type WrittenTasks } from './readTasks.ts';
import { slashed } from './tailMatches.ts';

/** What is looked at: a bigger workspace in part, a bigger file not at all. */
const fileLimit = 20_000;
const sizeLimit = 1_000_000;
const atOnce = 16;

interface Entry {
  readonly stamp: string;
  readonly written: WrittenTasks;
}

const nothing: WrittenTasks = { tasks: [], definitions: new Map() };

/** Where the tasks of a workspace are written. Files that have not changed are not read again. */
export class TaskIndex {
  private readonly openParser: () => Promise<PythonParser>;
  private parser: Promise<PythonParser> | null = null;
  private entries = new Map<string, Entry>();

  constructor(openParser: () => Promise<PythonParser>) {
    this.openParser = openParser;
  }

  /** Code that names the task comes before code that only lies where its name points to. */
  async find({ folders, taskName }: TaskDefinitionParams): Promise<readonly TaskDefinition[]> {
    await this.bringUpToDate(folders);
    const inFolders = [...this.entries].filter(([file]) => folders.some((folder) => isBelow(file, folder)));
    const named = inFolders.flatMap(([file, { written }]) =>
      written.tasks
        .filter((task) => task.name === taskName)
        .map(({ line }): TaskDefinition => ({ taskName, file, line, how: 'named' })),
    );
    if (named.length > 0) return named;
    const inModules = inFolders.filter(([file]) => isModuleOf(file, taskName));
    const byPlace = (lineOf: (written: WrittenTasks, name: string) => number | undefined) =>
      inModules.flatMap(([file, { written }]): TaskDefinition[] => {
        const line = lineOf(written, functionOf(taskName));
        return line === undefined ? [] : [{ taskName, file, line, how: 'module' }];
      });
    const decorated = byPlace(({ tasks }, name) => tasks.find((task) => !task.name && task.function === name)?.line);
    return decorated.length > 0 ? decorated : byPlace(({ definitions }, name) => definitions.get(name));
  }

  private async bringUpToDate(folders: readonly string[]): Promise<void> {
    const { files } = await listPythonFiles(folders, fileLimit);
    const present = new Set(files);
    for (const file of this.entries.keys()) if (!present.has(file)) this.entries.delete(file);
    const waiting = [...files];
    const work = async (): Promise<void> => {
      for (let file = waiting.pop(); file; file = waiting.pop()) await this.readAgain(file);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  /** A file that cannot be read, or went away meanwhile, holds nothing. */
  private async readAgain(file: string): Promise<void> {
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs} ${size}`;
      if (this.entries.get(file)?.stamp === stamp) return;
      const text = size <= sizeLimit ? await readFile(file, 'utf8') : '';
      this.parser ??= this.openParser();
      const parser = await this.parser;
      this.entries.set(file, {
        stamp,
        written: /\bdef\b|\bclass\b/.test(text) ? parser.read(text, readTasks) : nothing,
      });
    } catch {
      this.entries.delete(file);
    }
  }
}

const isBelow = (file: string, folder: string): boolean => slashed(file).startsWith(`${slashed(folder)}/`);

const functionOf = (taskName: string): string => taskName.split('.').at(-1) ?? '';

/** Whether `shop.orders.charge` could be in this file: its path ends in shop/orders.py or shop/orders/__init__.py. */
const isModuleOf = (file: string, taskName: string): boolean => {
  const module = taskName.split('.').slice(0, -1);
  if (module.length === 0) return false;
  const path = slashed(file).replace(/(?:\/__init__)?\.py$/, '');
  return `/${path}`.endsWith(`/${module.join('/')}`);
};
