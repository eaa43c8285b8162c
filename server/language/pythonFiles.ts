import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What is not the user's own code, or not worth the time. */
const skipped =
  /^(?:node_modules|site-packages|dist-packages|__pycache__|venv|env|virtualenv|\..+|.*\.egg-info|build|dist)$/;
const deepest = 12;

export interface PythonFiles {
  readonly files: readonly string[];
  /** More were there than are looked at. */
  readonly isCut: boolean;
}

/** The workspace's own Python files: no virtual environments, no hidden folders, at most `limit`. */
export const listPythonFiles = async (folders: readonly string[], limit: number): Promise<PythonFiles> => {
  const files: string[] = [];
  const waiting = folders.map((folder) => ({ folder, depth: 0 }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    for (const entry of await entriesOf(next.folder)) {
      if (entry.isDirectory()) {
        const isOwn = !skipped.test(entry.name) && next.depth < deepest;
        if (isOwn) waiting.push({ folder: join(next.folder, entry.name), depth: next.depth + 1 });
      } else if (entry.isFile() && entry.name.endsWith('.py')) {
        if (files.length >= limit) return { files, isCut: true };
        files.push(join(next.folder, entry.name));
      }
    }
  }
  return { files, isCut: false };
};

/** A folder that cannot be read holds nothing for us. */
const entriesOf = async (folder: string): Promise<readonly Dirent[]> => {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
};
