import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');

/** The files of the extension in whose text the pattern is found. */
const filesWith = (pattern: RegExp): string[] =>
  globSync('extension/**/*.ts', { cwd: root })
    .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')))
    .sort();

test('what has one owner in the window is brought through Surfaces', () => {
  const brings =
    /\bopenTree\(|registerTextDocumentContentProvider|registerWebviewPanelSerializer|registerUriHandler|'setContext'/;
  assert.deepEqual(filesWith(brings), ['extension/surfaces.ts']);
});

test('commands run by their names in one table, not by strings', () => {
  // A page may run what the table names; its messages are checked against it.
  const files = ['extension/commands/run.ts', 'extension/dashboard/pageLink.ts', 'extension/surfaces.ts'];
  assert.deepEqual(filesWith(/\bexecuteCommand\(|'celeriac\.\w+\.focus'/), files);
});

test('settings are read by their names in one table', () => {
  // Those of VS Code itself, and those of the health rules, which are read all at once.
  const others = ['extension/config.ts', 'extension/debug/f5.ts', 'extension/debug/launch/debugWorker.ts'];
  assert.deepEqual(filesWith(/\bgetConfiguration\(/), [...others, 'extension/setting.ts']);
});
