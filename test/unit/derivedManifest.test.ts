import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { alertTexts } from '../../scripts/manifest/alertSettings.ts';
import { derive } from '../../scripts/manifest/derive.ts';

const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8'));

test('the manifest holds what the tables of commands and health rules make of it; "npm run manifest" writes it', () => {
  const manifest = read('package.json');
  assert.deepEqual(derive(manifest), manifest);
});

test('the texts of the alert settings are those of the health rules', () => {
  const texts: Readonly<Record<string, string>> = read('package.nls.json');
  const wanted = Object.entries(alertTexts());
  assert.ok(wanted.length > 35);
  assert.deepEqual(
    wanted.filter(([key, text]) => texts[key] !== text),
    [],
  );
});
