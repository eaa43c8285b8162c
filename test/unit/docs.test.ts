import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const named = /`((?:server|extension|media|test|scripts|demo|deploy|docs)\/[\w./-]+)`/g;

test('the files and folders that the pages for engineers name are there', () => {
  const pages = [...globSync('docs/*.md', { cwd: root }), 'CONTRIBUTING.md'];
  const paths = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(named)].map(([, path = '']) => ({ page, path })),
  );
  assert.ok(paths.length > 40);
  const isThere = (path: string): boolean => ['', '.ts'].some((ending) => existsSync(join(root, path + ending)));
  assert.deepEqual(
    paths.filter(({ path }) => !isThere(path)),
    [],
  );
});
