import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { CodeParams } from '../api/code.ts';
import { CodeIndex } from './codeIndex.ts';
import { type ReadWorkspace, readWorkspace, SyntaxCache } from './workspaceSource.ts';

interface Kept {
  readonly revision: number;
  readonly unsaved: CodeParams['unsaved'];
  readonly workspace: Promise<ReadWorkspace>;
}

/** The indexes of the folders of an editor. They are read again only when a file has changed, on the disk or in the editor. */
export class CodeIndexes {
  private readonly cache = new SyntaxCache();
  private readonly kept = new Map<string, Kept>();

  of({ folders, unsaved, revision }: CodeParams): Promise<readonly ReadWorkspace[]> {
    const read = outermost(folders);
    for (const folder of this.kept.keys()) if (!read.includes(folder)) this.kept.delete(folder);
    return Promise.all(read.map((folder) => this.folder(folder, unsaved, revision)));
  }

  private async folder(folder: string, unsaved: CodeParams['unsaved'], revision: number): Promise<ReadWorkspace> {
    const known = this.kept.get(folder);
    if (known && known.revision === revision && isSame(known.unsaved, unsaved)) return known.workspace;
    const texts = new Map(unsaved.map(({ file, text }) => [file, text]));
    const workspace = this.read(folder, texts);
    const kept = { revision, unsaved, workspace };
    this.kept.set(folder, kept);
    try {
      return await workspace;
    } catch (error) {
      if (this.kept.get(folder) === kept) this.kept.delete(folder);
      throw error;
    }
  }

  private async read(folder: string, unsaved: ReadonlyMap<string, string>): Promise<ReadWorkspace> {
    if (await isFolder(folder)) return readWorkspace([folder], { unsaved, cache: this.cache });
    const leftOut = [`${folder} is left out: the folder is not there.`];
    return { folder, index: new CodeIndex([], new Set()), selected: null, leftOut, ignored: 0 };
  }
}

const isSame = (before: CodeParams['unsaved'], after: CodeParams['unsaved']): boolean =>
  before.length === after.length &&
  before.every(({ file, text }, at) => file === after[at]?.file && text === after[at]?.text);

/** A folder inside another one is read with it, and once. */
const outermost = (folders: readonly string[]): readonly string[] => {
  const distinct = [...new Set(folders)];
  return distinct.filter(
    (folder) => !distinct.some((other) => other !== folder && folder.startsWith(join(other, sep))),
  );
};

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};
