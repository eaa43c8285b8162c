import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const filesOf = (...patterns: readonly string[]) => patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));

/** The linter guards imports; it cannot see a clock or chance that is read in place. */
test('the pure rooms take the time and chance from outside', () => {
  const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/;
  const files = filesOf('server/{celery,code,failures,schedule,state,health,api,outlet,python}/**/*.ts');
  assert.ok(files.length > 5);
  assert.deepEqual(
    files.filter((file) => impure.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

/** Where JSON is read by other means than celery/parseJson.ts, and why that is well. */
const otherJsonReaders: Readonly<Record<string, string>> = {
  'server/celery/pythonJson.ts': 'parseJson.ts stands on it',
  'server/celery/parseTypedJson.ts': 'what the user types, number by number',
  'server/celery/quickEnvelope.ts': 'at most 16 KB, of which three members are looked at and nothing is kept',
  'server/state/texts/taskTexts.ts': 'the state wrote it itself',
  'server/faces/cli/configFile.ts': 'a file that the user names',
  'server/faces/cli/transportOption.ts': 'what the user types',
};
/** Who may read JSON without its bounds, because they check them themselves. */
const unboundedReaders = [
  'server/celery/controlReply.ts',
  'server/celery/decodeDelivery.ts',
  'server/celery/parseJson.ts',
];

test('whatever JSON comes from outside is read within bounds', () => {
  const files = filesOf('server/**/*.ts').map((file) => file.replaceAll('\\', '/'));
  const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
  assert.deepEqual(
    files.filter((file) => /\b(?:JSON|json)\.parse\(/.test(textOf(file))).sort(),
    Object.keys(otherJsonReaders).sort(),
  );
  assert.deepEqual(
    files.filter((file) => /from '[./a-z]*\/pythonJson\.ts'/.test(textOf(file))).sort(),
    unboundedReaders,
  );
});

test('a time that a caller sends is bounded where it is decoded', () => {
  const bare = /\b(?:from|to|at|until): (?:v\.\w+\()?v\.number\(\)/;
  const files = filesOf('server/{requests,faces}/**/*.ts');
  assert.ok(files.some((file) => /\bfrom: time\b/.test(readFileSync(join(root, file), 'utf8'))));
  assert.deepEqual(
    files.filter((file) => bare.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('the entry point of the extension stays a composition root', () => {
  const lines = readFileSync(join(root, 'extension/extension.ts'), 'utf8').split('\n').length;
  assert.ok(lines <= 120, `${lines} lines`);
  const build = readFileSync(join(root, 'scripts/build.mjs'), 'utf8').split('\n').length;
  assert.ok(build <= 80, `${build} lines`);
});

/**
 * A race hangs a reaction on each of its promises, and with it whatever it resolves with: on a promise that lasts as long as
 * a session or a process, all of them stay. The rooms of waiting take theirs away again.
 */
test('nobody races against a promise that lasts', () => {
  const races = ['server/waits/within.ts', 'server/waits/unlessAborted.ts'];
  const files = filesOf('server/**/*.ts');
  assert.deepEqual(
    files.filter((file) => readFileSync(join(root, file), 'utf8').includes('Promise.race(')),
    files.filter((file) => races.includes(file)),
  );
});

test('the end of a session is listened to once by each that has to know, and never by each question', () => {
  const onEnd = /\.ended\b(?!\.(?:size|take|dropped))[.,\])]/;
  const once = ['server/brokers/amqp.ts', 'server/brokers/redisSession.ts', 'server/cluster/mailbox.ts'];
  const files = filesOf('server/{brokers,cluster,results,faces,connectionTest}/**/*.ts');
  assert.deepEqual(files.filter((file) => onEnd.test(readFileSync(join(root, file), 'utf8'))).sort(), once);
});

/** What changes a disk, by its name in `node:fs`, `node:fs/promises` and `node:child_process`. */
const writing =
  /^(?:append|chmod|chown|cp|copyFile|createWriteStream|f?chmod|f?chown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|mkdtemp|rename|rm|rmdir|symlink|truncate|unlink|utimes|write|writev)(?:File)?(?:Sync)?$/;

/** The only files of the engine that change a disk, and what each of them changes. */
const writers: Readonly<Record<string, string>> = {
  'server/brokers/filesystemFolders.ts': "the broker's own folders",
  'server/brokers/filesystemInbox.ts': 'messages that were taken from our own mailbox',
  'server/brokers/filesystemLeftovers.ts': 'mailboxes of ours that were left behind',
  'server/brokers/filesystemOutbox.ts': 'messages that are sent',
  'server/brokers/filesystemQueues.ts': 'messages of a queue that is purged',
  'server/brokers/filesystemTable.ts': "the broker's table of bindings",
  'server/databases/privateCopy.ts': 'a copy for reading, in a temporary folder of its own',
  'server/files/fillFile.ts': 'the file that "celeriac export tasks" was told to write',
  'server/files/replaceFile.ts': 'what "celeriac export" was told to write',
  'server/history/generations.ts': 'a damaged history, which the recorder sets aside',
  'server/history/openDatabase.ts': "the recorder's folder",
};

/** Names that a file imports from a module of Node's file system, and whole modules as `* as name`. */
const fsImports = (file: string): readonly string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(/import (?!type )([^;]*?) from 'node:fs(?:\/promises)?'/g),
  ].flatMap(([, names = '']) =>
    names
      .replaceAll(/[{}\n]/g, ' ')
      .split(',')
      .map((name) => name.trim().replace(/ as .*/, '')),
  );

test('only the named files of the engine write to a disk', () => {
  const files = filesOf('server/**/*.ts');
  const opening = /\bopen(?:Sync)?\([^)]*'(?:w|a|r\+)/;
  const found = files.filter(
    (file) =>
      fsImports(file).some((name) => writing.test(name) || name.startsWith('*')) ||
      opening.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(found.toSorted(), Object.keys(writers).toSorted());
});

/** A database that is opened without `readOnly` may be changed, and is made where there is none. */
test('only the recorder of a history opens a database to write to it', () => {
  const opening = filesOf('server/**/*.ts').filter((file) =>
    /new [\w.]*DatabaseSync\((?![^;]*readOnly: true)/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(opening, ['server/history/openDatabase.ts']);
});

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gm)].map(
    ([, path = '']) => join(dirname(file), path),
  );

const reachedFrom = (start: string): ReadonlySet<string> => {
  const reached = new Set([start]);
  for (const file of reached) for (const next of importsOf(file)) reached.add(next);
  return reached;
};

/** What may make a private copy is no reader's own: it touches nothing that a user has named. */
const harmless = 'server/databases/privateCopy.ts';

for (const reader of [
  'server/history/readHistory.ts',
  'server/results/createResultReader.ts',
  'server/faces/cli/recording.ts',
])
  test(`${reader} and all that it leads to cannot write`, () => {
    const reached = reachedFrom(reader);
    assert.ok(reached.size > 5, 'its imports were followed');
    assert.deepEqual(
      [...reached].filter((file) => file in writers && file !== harmless),
      [],
    );
  });

test('the command line ends by one door, and writes its output by one pen', () => {
  const door = 'server/faces/cli/leave.ts';
  const files = filesOf('server/faces/cli.ts', 'server/faces/cli/**/*.ts').filter((file) => file !== door);
  assert.ok(files.length > 50);
  assert.deepEqual(
    files.filter((file) =>
      /process\.(exit\(|exitCode|std(out|err)\.write)/.test(readFileSync(join(root, file), 'utf8')),
    ),
    [],
  );
});

/** What looks at a disk, by its name in `node:fs` and `node:fs/promises`. */
const looking =
  /^(?:access|createReadStream|existsSync|exists|l?stat|open|opendir|readdir|readFile|readlink|realpath|watch)(?:Sync)?$/;

/** Where the paths come from that these files of the extension look at: none from a worker, a message or a traceback. */
const looks: Readonly<Record<string, string>> = {
  'extension/config.ts': 'an environment variable of the tests',
  'extension/connections/form/tlsField.ts': 'what the user types',
  'extension/debug/debugging.ts': 'our own folder',
  'extension/python/likelyPythons.ts': "the user's home",
  'extension/debug/launch/completeLaunch.ts': 'launch configurations of a trusted workspace',
  'extension/debug/launch/findWrittenTask.ts': 'files of the workspace',
  'extension/demo/demoFolder.ts': 'what a setting names, which is looked at for our marker',
  'extension/demo/demoProcesses.ts': 'our own folders',
  'extension/demo/demoVenv.ts': 'our own folder',
  'extension/files/existsHere.ts': 'others, through localPath',
  'extension/notifications/windowTurn.ts': 'our own folder',
  'extension/taskExport/replaceFile.ts': 'what the user chose to save to',
};

test('a path that somebody else has named is looked at through localPath alone', () => {
  const found = filesOf('extension/**/*.ts').filter((file) => fsImports(file).some((name) => looking.test(name)));
  assert.deepEqual(found.toSorted(), Object.keys(looks).toSorted());
  for (const file of ['extension/files/existsHere.ts', 'server/desk/findPictures.ts'])
    assert.match(readFileSync(join(root, file), 'utf8'), /localPath\([^)]*process\.platform\)/, file);
});

test('the extension host looks at no process of this machine, and the engine at them through one file', () => {
  const naming = (pattern: string): readonly string[] =>
    filesOf(pattern).filter((file) => /['`]\/proc\b/.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(naming('extension/**/*.ts'), []);
  assert.deepEqual(naming('server/debugging/**/*.ts'), ['server/debugging/procFs.ts']);
  const watching = filesOf('extension/**/*.ts').filter((file) => fsImports(file).includes('watch'));
  assert.deepEqual(watching, []);
});

/** Texts of others reach these (docs/architecture.md), and VS Code makes links, icons and commands of what it finds in them. */
const surfaces =
  /\bshow(?:Information|Warning|Error)Message\b|\bwithProgress\b|\b(?:show|create)QuickPick\b|\bshowInputBox\b|\bcreateInputBox\b|\bsetStatusBarMessage\b|\bcreateStatusBarItem\b|\bcreateTreeView\b|\bMarkdownString\b|\bnew vscode\.(?:TreeItem|CodeLens|Hover|InlayHint|Diagnostic|CompletionItem)\b|\bshowWorkspaceFolderPick\b|\.(?:isTrusted|supportHtml|supportThemeIcons) =/;

test('only the room "shown" puts text into notifications, quick picks, prompts, the status bar, trees, tooltips and lenses', () => {
  const files = filesOf('extension/**/*.ts');
  const touching = files.filter((file) => surfaces.test(readFileSync(join(root, file), 'utf8')));
  assert.ok(touching.length >= 8, 'the pattern finds the room itself');
  assert.deepEqual(
    touching.filter((file) => !/^extension[\\/]shown[\\/]/.test(file)),
    [],
  );
});

test('no icon is written into a text of the extension: there it could be anybody’s', () => {
  const files = filesOf('extension/**/*.ts').filter((file) => !/^extension[\\/]shown[\\/]/.test(file));
  assert.deepEqual(
    files.filter((file) => /\$\((?:[a-z][a-z-]*|\$\{)/.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('all views are drawn by one tree: nobody else hands rows to VS Code', () => {
  const drawing = filesOf('extension/**/*.ts').filter((file) =>
    /\bTreeDataProvider\b|\bonDidChangeTreeData\b|\btreeItem\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(drawing, [join('extension', 'rows', 'rowTree.ts')]);
});
