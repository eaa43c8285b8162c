import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CodeProblemReader } from '../../../server/code/codeProblemsSource.ts';
import { CodeIndexes } from '../../../server/code/indexSource.ts';
import { walkFolder } from '../../../server/folders/walkFolder.ts';
import { listPythonFiles } from '../../../server/language/pythonFiles.ts';

const inFolder = async (files: Readonly<Record<string, string>>, look: (folder: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-walk-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const python = { takes: (name: string) => name.endsWith('.py'), most: 100 };

test('what git ignores, environments and hidden folders are not walked', () =>
  inFolder(
    {
      '.git/HEAD': '',
      '.git/info/exclude': 'secret.py\n',
      '.gitignore': 'gen/\n*_pb2.py\n/api/old\n',
      'a.py': '',
      'secret.py': '',
      'gen/b.py': '',
      'api/old/c.py': '',
      'api/.gitignore': '!kept_pb2.py\n/local.py\n',
      'api/kept_pb2.py': '',
      'api/x_pb2.py': '',
      'api/local.py': '',
      'api/deep/local.py': '',
      'py/pyvenv.cfg': '',
      'py/lib/d.py': '',
      'miniconda/conda-meta/history': '',
      'miniconda/lib/e.py': '',
      '.tox/f.py': '',
    },
    async (folder) => {
      const { files, ignored, leftOut, isCut } = await walkFolder(folder, python);
      assert.deepEqual(files, ['a.py', 'api/kept_pb2.py', 'api/deep/local.py']);
      assert.deepEqual({ ignored, leftOut, isCut }, { ignored: 5, leftOut: [], isCut: false });
      const below = await walkFolder(join(folder, 'api'), python);
      assert.deepEqual(below.files, ['kept_pb2.py', 'deep/local.py']);
      const named = await walkFolder(join(folder, 'gen'), python);
      assert.deepEqual(named.files, ['b.py']);
    },
  ));

test('a loop of links ends, and no file is found twice', () =>
  inFolder({ 'shop/tasks.py': '' }, async (folder) => {
    symlinkSync(folder, join(folder, 'shop/loop'));
    symlinkSync(join(folder, 'shop'), join(folder, 'again'));
    assert.deepEqual((await walkFolder(folder, python)).files, ['shop/tasks.py']);
  }));

test('the limit and a folder that is gone are said', () =>
  inFolder({ 'a.py': '', 'b.py': '', 'sub/c.py': '' }, async (folder) => {
    assert.deepEqual(await walkFolder(folder, { ...python, most: 2 }), {
      files: ['a.py', 'b.py'],
      isCut: true,
      leftOut: [],
      ignored: 0,
    });
    const gone = join(folder, 'gone');
    assert.deepEqual((await walkFolder(gone, python)).leftOut, [`${gone} is left out: the folder cannot be read.`]);
    assert.deepEqual((await listPythonFiles([folder, join(folder, 'sub')], 100)).files.length, 3);
  }));

test('a workspace with a folder that has vanished is still checked, and a folder inside another one once', () =>
  inFolder(
    { 'shop/tasks.py': 'from celery import shared_task\n@shared_task\nasync def send(): pass\n' },
    async (folder) => {
      const gone = join(folder, 'gone');
      const { problems, leftOut } = await new CodeProblemReader(new CodeIndexes()).of({
        folders: [gone, folder, join(folder, 'shop')],
        unsaved: [],
        revision: 0,
        rules: {},
      });
      assert.deepEqual(
        problems.map(({ rule }) => rule),
        ['async-task'],
      );
      assert.equal(leftOut.length, 0);
      const other = await new CodeProblemReader(new CodeIndexes()).of({
        folders: ['/nowhere/at/all', folder],
        unsaved: [],
        revision: 0,
        rules: {},
      });
      assert.deepEqual(other.leftOut, ['/nowhere/at/all is left out: the folder is not there.']);
    },
  ));
