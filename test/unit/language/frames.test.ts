import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { FramePlace } from '../../../server/api/language.ts';
import { enclosingFunction, isInFunction } from '../../../server/language/enclosingFunction.ts';
import { findFrame } from '../../../server/language/frames.ts';
import { listPythonFiles } from '../../../server/language/pythonFiles.ts';
import { tailMatches } from '../../../server/language/tailMatches.ts';

const tasks = 'import x\n\n\ndef charge(order):\n    total = 1\n    raise ValueError(total)\n';

describe('a frame of a traceback, found in the workspace', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'frames-'));
    for (const [name, text] of Object.entries({
      'shop/orders.py': tasks,
      'billing/tasks.py': tasks,
      'mail/tasks.py': tasks.replace('charge', 'send'),
      'one/jobs.py': tasks,
      'two/jobs.py': tasks,
      '.venv/lib/orders.py': tasks,
      'node_modules/x/orders.py': tasks,
    })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  const find = (file: string, parts: { function?: string; line?: number; mappings?: Record<string, string> } = {}) =>
    findFrame({ folders: [folder], mappings: {}, file, line: 6, function: 'charge', ...parts }, (folders) =>
      listPythonFiles(folders, 1_000),
    );
  const names = (places: readonly FramePlace[]) => places.map((place) => place.file.slice(folder.length + 1));

  test('is the very file when the worker ran it', async () => {
    const places = await find(join(folder, 'shop/orders.py'));
    assert.deepEqual(places, [
      { file: join(folder, 'shop/orders.py'), line: 6, how: 'same', mapping: null, isInFunction: true },
    ]);
  });

  test('is inferred from the end of a path in a container, with the mapping that follows', async () => {
    const places = await find('/app/src/shop/orders.py');
    assert.deepEqual(names(places), ['shop/orders.py']);
    assert.deepEqual(places[0]?.mapping, { remote: '/app/src', local: folder });
    assert.equal(places[0]?.how, 'tail');
  });

  test('reads the paths of Windows', async () => {
    assert.deepEqual(names(await find('C:\\app\\shop\\orders.py')), ['shop/orders.py']);
  });

  test('prefers the file in which the line is in that function', async () => {
    assert.deepEqual(names(await find('/app/tasks.py', { function: 'send' })), ['mail/tasks.py']);
    assert.deepEqual(names(await find('/app/tasks.py', { function: 'charge' })), ['billing/tasks.py']);
  });

  test('leaves the choice between files that fit alike', async () => {
    assert.deepEqual(names(await find('/app/jobs.py')), ['one/jobs.py', 'two/jobs.py']);
  });

  test('follows a mapping, the most particular one first', async () => {
    const mappings = { '/app': join(folder, 'one'), '/app/deep/': join(folder, 'two') };
    assert.deepEqual(names(await find('/app/jobs.py', { mappings })), ['one/jobs.py']);
    const deep = await find('/app/deep/jobs.py', { mappings });
    assert.deepEqual(names(deep), ['two/jobs.py']);
    assert.equal(deep[0]?.how, 'mapping');
  });

  test('does not take a module of a library for a file of the same name', async () => {
    assert.deepEqual(await find('/usr/local/lib/python3.12/site-packages/shop/orders.py'), []);
    assert.deepEqual(await find('/usr/lib/python3.12/orders.py'), []);
    assert.deepEqual(await find('<frozen importlib._bootstrap>'), []);
  });

  test('says when the line is no longer in that function', async () => {
    const places = await find('/app/shop/orders.py', { line: 40 });
    assert.equal(places[0]?.isInFunction, false);
  });

  test('looks at no more files than it may', async () => {
    assert.equal((await listPythonFiles([folder], 2)).isCut, true);
    assert.equal((await listPythonFiles([folder], 100)).files.length, 5);
    assert.deepEqual(await listPythonFiles([join(folder, 'none')], 100), { files: [], isCut: false });
  });
});

test('several files whose paths end equally long are all named', () => {
  const files = ['/w/a/b/tasks.py', '/w/c/b/tasks.py', '/w/tasks.py'];
  assert.deepEqual(
    tailMatches('/srv/b/tasks.py', files).map(({ file, remote }) => [file, remote]),
    [
      ['/w/a/b/tasks.py', '/srv'],
      ['/w/c/b/tasks.py', '/srv'],
    ],
  );
  assert.deepEqual(tailMatches('/srv/other.py', files), []);
});

test('the function around a line is found through nested blocks, classes and methods', () => {
  const lines = [
    'class Job:',
    '    limit = 3',
    '    def run(self):',
    '        if self.limit:',
    '            raise ValueError',
    '',
    'async def later():',
    '    pass',
    'value = 1',
  ];
  assert.equal(enclosingFunction(lines, 5), 'run');
  assert.equal(enclosingFunction(lines, 2), null);
  assert.equal(enclosingFunction(lines, 8), 'later');
  assert.equal(enclosingFunction(lines, 9), null);
  assert.equal(isInFunction(lines, 9, '<module>'), true);
  assert.equal(isInFunction(lines, 5, 'Job.run'), true);
  assert.equal(isInFunction(lines, 5, '<lambda>'), true);
  assert.equal(isInFunction(lines, 5, 'later'), false);
});
