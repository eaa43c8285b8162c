import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isIgnored, readGitignore } from '../../../server/folders/gitignore.ts';

const ignores = (text: string, path: string, isFolder = false): boolean =>
  isIgnored(readGitignore(text), path.split('/'), isFolder) === true;

const lines = [
  'gen/\n',
  '/gen\n',
  'a/*.py\n',
  '*.py\n!keep.py\n',
  '**/tmp/*.py\n',
  'a/**/x.py\n',
  'a/**\n',
  '[a-c]?.py\n',
  '[!a]b.py\n',
  '# nothing\n\\#x.py\n',
  'x.py   \n',
  'sp\\ \n',
  '*\n!*/\n!a/b/x.py\n',
  'te*st*.py\r\n',
  'a//b\n',
  '\\!x.py\n',
];
const paths = [
  'gen/x.py',
  'a/gen/x.py',
  'a/x.py',
  'a/b/x.py',
  'a/b/c/x.py',
  'keep.py',
  'tmp/y.py',
  'a/tmp/y.py',
  'ab.py',
  'bb.py',
  '#x.py',
  '!x.py',
  'x.py',
  'testing_test.py',
  'sp ',
];

test('a path is ignored exactly where git ignores it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-ignore-'));
  try {
    execFileSync('git', ['init', '-q', '--template='], { cwd: folder });
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    for (const text of lines) {
      writeFileSync(join(folder, '.gitignore'), text);
      const shown = execFileSync('git', ['ls-files', '-z', '-o', '--exclude-standard'], { cwd: folder });
      for (const path of paths) {
        const names = path.split('/');
        const ways = names.map((_, at) => names.slice(0, at + 1).join('/'));
        const own = ways.some((way) => ignores(text, way, way !== path));
        assert.equal(own, !shown.toString().split('\0').includes(path), `${JSON.stringify(text)} on ${path}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a pattern of nothing but wildcards takes no time that grows without bound', () => {
  const pattern = `${'a*'.repeat(240)}b`;
  const start = process.cpuUsage().user;
  assert.equal(ignores(pattern, 'a'.repeat(255)), false);
  assert.equal(ignores('**/a/'.repeat(90), Array.from({ length: 24 }, () => 'a').join('/')), false);
  assert.ok(process.cpuUsage().user - start < 1_000_000);
});
