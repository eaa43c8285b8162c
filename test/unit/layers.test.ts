import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const filesOf = (...patterns: readonly string[]) => patterns.flatMap((pattern) => globSync(pattern, { cwd: root }));

/** The linter guards imports; it cannot see a clock or chance that is read in place. */
test('the pure rooms take the time and chance from outside', () => {
  const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/;
  const files = filesOf('server/{celery,failures,state,health,api}/**/*.ts');
  assert.ok(files.length > 5);
  assert.deepEqual(
    files.filter((file) => impure.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('the entry point of the extension stays a composition root', () => {
  const lines = readFileSync(join(root, 'extension/extension.ts'), 'utf8').split('\n').length;
  assert.ok(lines <= 120, `${lines} lines`);
  const build = readFileSync(join(root, 'scripts/build.mjs'), 'utf8').split('\n').length;
  assert.ok(build <= 80, `${build} lines`);
});
