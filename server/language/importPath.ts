import { dirname, join, relative, sep } from 'node:path';

/** How a file is imported. */
export interface ImportPath {
  /** `shop.orders` */
  readonly module: string;
  /** The folder that Python has to be started in. */
  readonly folder: string;
  /** Django's manage.py lies in that folder. */
  readonly isDjango: boolean;
}

interface Source {
  readonly file: string;
  readonly text: string;
}

const identifier = /^[A-Za-z_]\w*$/;

/**
 * From where a module of the workspace is imported: beside Django's manage.py, above the outermost package, or above the
 * folder that the file itself imports from; otherwise its own folder.
 */
export const importPath = (
  { file, text }: Source,
  workspaceFolder: string,
  exists: (file: string) => boolean,
): ImportPath => {
  const candidates = foldersAbove(file, workspaceFolder);
  const own = dirname(file);
  const django = candidates.find((each) => exists(join(each, 'manage.py')));
  const folder = django ?? namedFolder(text, candidates) ?? packageFolder(own, candidates, exists);
  return { module: moduleIn(folder, file), folder, isDjango: folder === django };
};

/** From the file's own folder upwards, as long as what lies below can be a module's path. */
const foldersAbove = (file: string, workspaceFolder: string): string[] => {
  const found = [dirname(file)];
  for (let folder = dirname(file); folder !== workspaceFolder && isBelow(folder, workspaceFolder); ) {
    const above = dirname(folder);
    if (!identifier.test(relative(above, folder))) break;
    found.push(above);
    folder = above;
  }
  return found;
};

const isBelow = (folder: string, other: string): boolean =>
  folder.startsWith(other.endsWith(sep) ? other : other + sep);

/** Above the folder whose name the file imports from, or names the modules of its tasks by. */
const namedFolder = (text: string, candidates: readonly string[]): string | undefined => {
  const roots = new Set(
    [...text.matchAll(/^[ \t]*(?:from|import)\s+(\w+)|["']([A-Za-z_]\w*)(?:\.\w+)+["']/gm)].map(
      (each) => each[1] ?? each[2],
    ),
  );
  return candidates.slice(1).findLast((each, index) => roots.has(relative(each, candidates[index] ?? each)));
};

const packageFolder = (own: string, candidates: readonly string[], exists: (file: string) => boolean): string =>
  candidates.find((each) => !exists(join(each, '__init__.py'))) ?? candidates.at(-1) ?? own;

const moduleIn = (folder: string, file: string): string => {
  const path = relative(folder, file).replace(/\.py$/, '').split(sep);
  const isPackage = path.at(-1) === '__init__' && path.length > 1;
  return (isPackage ? path.slice(0, -1) : path).join('.');
};
