import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');

test('only the adapter of the room of code touches the disk', () => {
  const files = globSync('server/{code,python}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  assert.ok(files.length > 40);
  assert.deepEqual(files.filter((file) => /from 'node:/.test(readFileSync(join(root, file), 'utf8'))).sort(), [
    'server/code/callDoubtSource.ts',
    'server/code/checkConfigSource.ts',
    'server/code/codePagesSource.ts',
    'server/code/codeProblemsSource.ts',
    'server/code/editorSource.ts',
    'server/code/indexSource.ts',
    'server/code/workspaceSource.ts',
  ]);
});
