import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { settingDefaults } from '../../extension/settingTable.ts';
import { declaredSettings, readManifest } from './readManifest.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = readManifest();
const sources = globSync('extension/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
const code = sources.join('\n');
const declared: string[] = manifest.contributes.commands.map((each: { command: string }) => each.command);

test('every menu and every welcome link leads to a declared command', () => {
  const menus: { command?: string }[][] = Object.values(manifest.contributes.menus);
  const pages = JSON.stringify([manifest.contributes.viewsWelcome, manifest.contributes.walkthroughs]);
  const linked = pages.matchAll(/command:(celeriac\.\w+)\b(?!\.focus)/gi);
  const used = [...menus.flat().flatMap((each) => each.command ?? []), ...[...linked].map((match) => match[1] ?? '')];
  assert.deepEqual(
    used.filter((command) => !declared.includes(command)),
    [],
  );
});

test('each row that is of one task leads to its page', () => {
  const entries: { command?: string; when?: string }[] = manifest.contributes.menus['view/item/context'];
  const rows = entries
    .filter(({ command }) => command === 'celeriac.openTask')
    .map(({ when }) => new RegExp(/\/(.+)\//.exec(when ?? '')?.[1] ?? '$^'));
  for (const row of ['task;FAILURE;rw', 'task;STARTED;ro', 'occurrence;ro'])
    assert.ok(
      rows.some((pattern) => pattern.test(row)),
      row,
    );
});

test('every submenu is declared, filled and shown somewhere', () => {
  const menus: Record<string, { submenu?: string }[]> = manifest.contributes.menus;
  const submenus: string[] = manifest.contributes.submenus.map((each: { id: string }) => each.id).sort();
  const shown = Object.values(menus)
    .flat()
    .flatMap((each) => each.submenu ?? []);
  assert.deepEqual([...new Set(shown)].sort(), submenus);
  assert.deepEqual(
    submenus.filter((id) => !menus[id]?.length),
    [],
  );
});

test('every command belongs to the category Celery', () => {
  const categories = manifest.contributes.commands.map((each: { category: string }) => each.category);
  assert.deepEqual([...new Set(categories)], ['Celery']);
});

test('the settings of the manifest are those of the table, each with its default and a description, and each is read', () => {
  const declared: Record<string, { default?: unknown }> = declaredSettings();
  // Those of the health rules are read all at once; derivedManifest.test.ts holds them against the rules.
  const settings = Object.entries(declared).filter(([name]) => !name.startsWith('celeriac.alerts.'));
  const defaults = settings.map(([name, { default: value }]) => [name.replace('celeriac.', ''), value]);
  assert.deepEqual(Object.fromEntries(defaults), settingDefaults);
  for (const [name, setting] of settings) {
    assert.ok('description' in setting || 'markdownDescription' in setting, `${name} has no description`);
    assert.match(code, new RegExp(`\\bsetting\\('${name.replace('celeriac.', '')}'`), `${name} is read nowhere`);
  }
});

test('every view of the manifest is created by the code', () => {
  const views: { id: string }[] = Object.values<{ id: string }[]>(manifest.contributes.views).flat();
  assert.deepEqual(
    views.filter((view) => !code.includes(`'${view.id}'`)),
    [],
  );
});

test('no view greets twice with the same offer', () => {
  const offers: string[] = manifest.contributes.viewsWelcome.flatMap((each: { view: string; contents: string }) =>
    [...each.contents.matchAll(/command:([\w.]+)/g)].map((match) => `${each.view} ${match[1]}`),
  );
  const twice = offers.filter(
    (offer, index) => offers.indexOf(offer) !== index && !/findBrokers|addConnection/.test(offer),
  );
  assert.deepEqual(twice, []);
});
