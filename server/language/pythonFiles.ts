import { join } from 'node:path';
import { walkFolder } from '../folders/walkFolder.ts';

export interface PythonFiles {
  readonly files: readonly string[];
  /** More were there than are looked at. */
  readonly isCut: boolean;
}

/** The workspace's own Python files, at most `limit`. */
export const listPythonFiles = async (folders: readonly string[], limit: number): Promise<PythonFiles> => {
  const found = new Set<string>();
  for (const folder of folders) {
    const { files, isCut } = await walkFolder(folder, {
      takes: (name) => name.endsWith('.py'),
      most: limit - found.size,
    });
    for (const file of files) found.add(join(folder, file));
    if (isCut) return { files: [...found], isCut };
  }
  return { files: [...found], isCut: false };
};
