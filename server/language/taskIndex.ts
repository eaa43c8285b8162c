import { readFile, stat } from 'node:fs/promises';
import type { TaskDefinition, TaskDefinitionParams } from '../api/language.ts';
import { listPythonFiles } from './pythonFiles.ts';
import { readTasks, type WrittenTasks } from './readTasks.ts';
import { slashed } from './tailMatches.ts';

/** What is looked at: a bigger workspace in part, a bigger file not at all. */
const fileLimit = 20_000;
const sizeLimit = 256 * 1024;
const atOnce = 16;

interface Entry {
  readonly stamp: string;
  readonly written: WrittenTasks;
}

/**
 * Where the tasks of a workspace are written. Only files that hold the last part of the name are parsed, and those that
 * have not changed are not parsed again.
 */
export class TaskIndex {
  private readonly entries = new Map<string, Entry>();

  /** Code that names the task comes before code that only lies where its name points to. */
  async find({ folders, taskName }: TaskDefinitionParams): Promise<readonly TaskDefinition[]> {
    const read = await this.readFiles(folders, functionOf(taskName));
    const named = read.flatMap(({ file, written }) =>
      written.tasks
        .filter((task) => task.name === taskName)
        .map(({ line }): TaskDefinition => ({ taskName, file, line, how: 'named' })),
    );
    if (named.length > 0) return named;
    const inModules = read.filter(({ file }) => isModuleOf(file, taskName));
    const byPlace = (lineOf: (written: WrittenTasks, name: string) => number | undefined) =>
      inModules.flatMap(({ file, written }): TaskDefinition[] => {
        const line = lineOf(written, functionOf(taskName));
        return line === undefined ? [] : [{ taskName, file, line, how: 'module' }];
      });
    const decorated = byPlace(({ tasks }, name) => tasks.find((task) => !task.name && task.function === name)?.line);
    return decorated.length > 0 ? decorated : byPlace(({ definitions }, name) => definitions.get(name));
  }

  private async readFiles(folders: readonly string[], word: string) {
    const { files } = await listPythonFiles(folders, fileLimit);
    const present = new Set(files);
    for (const file of this.entries.keys()) if (!present.has(file)) this.entries.delete(file);
    const waiting = files.toReversed();
    const found: { readonly file: string; readonly written: WrittenTasks }[] = [];
    const work = async (): Promise<void> => {
      for (let file = waiting.pop(); file; file = waiting.pop()) {
        const written = await this.written(file, word);
        if (written) found.push({ file, written });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** Null: the file does not hold the word, or cannot be read, or went away meanwhile. */
  private async written(file: string, word: string): Promise<WrittenTasks | null> {
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.entries.get(file);
      if (known?.stamp === stamp) return known.written;
      if (size > sizeLimit) return null;
      const text = await readFile(file, 'utf8');
      if (!text.includes(word)) return null;
      const written = readTasks(text);
      this.entries.set(file, { stamp, written });
      return written;
    } catch {
      this.entries.delete(file);
      return null;
    }
  }
}

const functionOf = (taskName: string): string => taskName.split('.').at(-1) ?? '';

/** Whether `shop.orders.charge` could be in this file: its path ends in shop/orders.py or shop/orders/__init__.py. */
const isModuleOf = (file: string, taskName: string): boolean => {
  const module = taskName.split('.').slice(0, -1);
  if (module.length === 0) return false;
  const path = slashed(file).replace(/(?:\/__init__)?\.py$/, '');
  return `/${path}`.endsWith(`/${module.join('/')}`);
};
