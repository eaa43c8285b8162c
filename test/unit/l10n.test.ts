import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { moveManifestStrings } from '../../scripts/l10n/moveManifestStrings.ts';
import { stringsInCode } from '../../scripts/l10n/stringsInCode.ts';
import { readManifest } from './readManifest.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));
const places = (text: string): string[] => [...new Set(text.match(/\{\d+\}|command:[\w.]+/g) ?? [])].sort();

test('every key of the manifest has its text, in each language', () => {
  for (const file of globSync('package.nls*.json', { cwd: root }))
    assert.doesNotMatch(JSON.stringify(readManifest(file)), /"%[\w.]+%"/, file);
});

test('a translation fills in the same places and leads to the same commands', () => {
  const texts = read('package.nls.json');
  for (const [key, translated] of Object.entries(read('package.nls.de.json')))
    assert.deepEqual(places(translated), places(texts[key] ?? ''), key);
  for (const [english, translated] of Object.entries(read('l10n/bundle.l10n.de.json')))
    assert.deepEqual(places(translated), places(english), english);
});

test('almost all that the extension says is translated', async () => {
  const texts = await stringsInCode(root);
  const german = read('l10n/bundle.l10n.de.json');
  const missing = texts.filter((text) => german[text] === undefined);
  assert.ok(missing.length < texts.length / 10, `${missing.length} of ${texts.length} texts, such as "${missing[0]}"`);
});

test('texts move out of the manifest once, those that are the same together', () => {
  const contributes = {
    commands: [{ command: 'celeriac.send', title: 'Send', category: 'Celery' }],
    views: { celeriac: [{ id: 'celeriac.tasks', name: 'Send' }] },
    configuration: { properties: { 'celeriac.x': { description: 'What.', default: { name: 'stays' } } } },
  };
  const once = moveManifestStrings({ contributes });
  assert.deepEqual(Object.fromEntries(once.strings), {
    'commands.send.title': 'Send',
    'configuration.properties.x.description': 'What.',
  });
  const { manifest } = once;
  assert.match(JSON.stringify(manifest), /"name":"%commands\.send\.title%"/);
  assert.match(JSON.stringify(manifest), /"name":"stays"/);
  const again = moveManifestStrings(manifest as Parameters<typeof moveManifestStrings>[0]);
  assert.deepEqual([again.manifest, again.strings.size], [manifest, 0]);
});
