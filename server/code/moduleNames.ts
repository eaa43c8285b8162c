/** What marks the folder that Python is started in. */
const markers = ['manage.py', 'pyproject.toml', 'setup.py', 'setup.cfg'];
const identifier = /^[A-Za-z_]\w*$/;

/**
 * The module that each file is imported as, by the layouts that people use: beside Django's manage.py, below `src`, above the
 * outermost package, below the folder of the project. Paths are relative to the workspace, with slashes. `imported` are the
 * modules that the files import: where a folder without `__init__.py` could be part of the name, they decide.
 */
export const moduleNames = (
  files: readonly string[],
  present: ReadonlySet<string>,
  imported: ReadonlySet<string>,
): ReadonlyMap<string, string> => {
  const roots = new Map<string, string>();
  const rootOf = (folder: string): string => {
    const known = roots.get(folder);
    if (known !== undefined) return known;
    const root = findRoot(folder, present);
    roots.set(folder, root);
    return root;
  };
  return new Map(files.map((file) => [file, nameBelow(rootOf(folderOf(file)), file, imported)]));
};

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const within = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('/') + 1);

const findRoot = (folder: string, present: ReadonlySet<string>): string => {
  let outermost = folder;
  while (outermost !== '' && present.has(within(outermost, '__init__.py'))) outermost = folderOf(outermost);
  for (let each = folder; ; each = folderOf(each)) {
    if (present.has(within(each, 'manage.py'))) return each;
    if (each === '') break;
  }
  if (outermost !== folder) return outermost;
  for (let each = folder; ; each = folderOf(each)) {
    if (nameOf(each) === 'src' || markers.some((marker) => present.has(within(each, marker)))) {
      return each;
    }
    if (each === '' || !identifier.test(nameOf(each))) return each;
  }
};

/** The name below the root, or a longer or shorter one that others import it by. */
const nameBelow = (root: string, file: string, imported: ReadonlySet<string>): string => {
  const path = file.slice(root === '' ? 0 : root.length + 1).replace(/\.py$/, '');
  const segments = path.split('/');
  if (segments.at(-1) === '__init__' && segments.length > 1) segments.pop();
  const name = segments.join('.');
  if (imported.has(name)) return name;
  for (let from = 1; from < segments.length; from++) {
    const shorter = segments.slice(from).join('.');
    if (segments.length - from > 1 && imported.has(shorter)) return shorter;
  }
  const above = root === '' ? [] : root.split('/');
  let longer = name;
  for (const folder of above.toReversed()) {
    if (!identifier.test(folder)) break;
    longer = `${folder}.${longer}`;
    if (imported.has(longer)) return longer;
  }
  return name;
};
