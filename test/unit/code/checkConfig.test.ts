import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkConfigOf, folderRules } from '../../../server/code/checkConfigSource.ts';
import { readEditorRules } from '../../../server/code/editorSettings.ts';
import { rulePage } from '../../../server/code/rulePage.ts';

const pyproject = '[tool.celeriac.check]\nignore = ["naive-eta"]\n[tool.celeriac.check.rules]\nasync-task = "info"\n';
const settings = `{
  // of this project
  "editor.tabSize": 2, /* and "more": */
  "celeriac.check.rules": { "async-task": "off", "beat-twice": "error", "no-such": "off", },
}`;

test("the editor's setting has precedence over pyproject.toml, and the command line reads it too", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-config-'));
  try {
    writeFileSync(join(folder, 'pyproject.toml'), pyproject);
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/settings.json'), settings);
    const { rules, problems } = await checkConfigOf(folder, await folderRules(folder));
    assert.deepEqual(Object.fromEntries(rules), { 'naive-eta': 'off', 'async-task': 'off', 'beat-twice': 'error' });
    assert.deepEqual(problems, ['celeriac.check.rules: unknown rule "no-such".']);
    assert.equal((await checkConfigOf(folder, undefined)).rules.get('async-task'), 'info');
    assert.equal((await checkConfigOf(join(folder, 'none'), {})).rules.size, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('settings that cannot be read set nothing', () => {
  for (const text of ['', '[]', '{"celeriac.check.rules"', '{"a": "/*"}', '"', '/*', '{,}'])
    assert.equal(readEditorRules(text), undefined, text);
  assert.deepEqual(readEditorRules('{"x": "// \\" no comment", "celeriac.check.rules": [1, ]}'), [1]);
});

test('the page of a rule is in the repository of the manifest', () => {
  const manifest: { readonly repository: { readonly url: string } } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
  );
  assert.equal(
    rulePage('async-task'),
    `${manifest.repository.url.replace(/\.git$/, '')}/blob/main/docs/rules.md#async-task`,
  );
});
