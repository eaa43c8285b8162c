import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CodeParams } from '../api/code.ts';
import { CodeIndex } from './codeIndex.ts';
import type { SourceFile } from './readFiles.ts';
import { type ReadWorkspace, readWorkspace, SyntaxCache } from './workspaceSource.ts';

type Texts = ReadonlyMap<string, string>;

const none: ReadonlySet<string> = new Set();

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
    const workspace = this.next(folder, texts, known?.revision === revision ? known : undefined);
    const kept = { revision, unsaved, workspace };
    this.kept.set(folder, kept);
    try {
      return await workspace;
    } catch (error) {
      if (this.kept.get(folder) === kept) this.kept.delete(folder);
      throw error;
    }
  }

  /** While only texts of the editor change, nothing is read from the disk. */
  private async next(folder: string, unsaved: Texts, known: Kept | undefined): Promise<ReadWorkspace> {
    const before = await known?.workspace;
    return (before && retyped(before, known?.unsaved ?? [], unsaved)) ?? this.read(folder, unsaved);
  }

  private async read(folder: string, unsaved: Texts): Promise<ReadWorkspace> {
    if (await isFolder(folder)) return readWorkspace([folder], { unsaved, cache: this.cache });
    const leftOut = [`${folder} is left out: the folder is not there.`];
    return { folder, index: new CodeIndex([], none), present: none, selected: null, leftOut, ignored: 0 };
  }
}

/** The workspace with other texts in its editors; null where the disk has to be read: for a new file, or one that is saved now. */
const retyped = (
  { folder, index, present, ...rest }: ReadWorkspace,
  before: CodeParams['unsaved'],
  unsaved: Texts,
): ReadWorkspace | null => {
  const inFolder = (file: string): boolean => file.startsWith(join(folder, sep));
  if (before.some(({ file }) => inFolder(file) && !unsaved.has(file))) return null;
  const typed = [...unsaved].filter(([file]) => inFolder(file));
  const pathOf = (file: string): string => relative(folder, file).split(sep).join('/');
  if (!typed.every(([file]) => index.file(pathOf(file)))) return null;
  const old = new Map(before.map(({ file, text }) => [file, text]));
  const changed = new Map(
    typed.flatMap(([file, text]) => (old.get(file) === text ? [] : [[pathOf(file), text] as const])),
  );
  if (changed.size === 0) return { folder, index, present, ...rest };
  const sources = index.files.map(({ path, syntax }): SourceFile => {
    const text = changed.get(path);
    return text === undefined ? { path, text: syntax.text, syntax } : { path, text };
  });
  const documents = index.documents.map(({ path, syntax: { text } }) => ({ path, text }));
  return { folder, index: new CodeIndex(sources, present, documents, index), present, ...rest };
};

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
