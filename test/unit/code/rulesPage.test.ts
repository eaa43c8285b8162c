import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulesPage } from '../../../scripts/rules/rulesPage.ts';

test('the page of the rules says what the table says (node scripts/run.mjs rulesPage)', () => {
  assert.equal(readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8'), rulesPage());
});
