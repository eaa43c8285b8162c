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
  // VS Code shows only the first entry of a submenu in a menu.
  for (const entries of Object.values(menus)) {
    const inside = entries.flatMap((each) => each.submenu ?? []);
    assert.deepEqual(inside, [...new Set(inside)]);
  }
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

interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group: string;
}

/** Whether an entry is on the menu of a row; what a clause asks besides the row is taken to hold. */
const isOn = ({ when = '' }: MenuEntry, row: string): boolean =>
  when.split(' && ').every((clause) => {
    const [, pattern] = /^viewItem =~ \/(.+)\/$/.exec(clause) ?? [];
    const [, text] = /^viewItem == '(.+)'$/.exec(clause) ?? [];
    if (pattern !== undefined) return new RegExp(pattern.replaceAll('\\\\', '\\')).test(row);
    return text === undefined || text === row;
  });

const menuOf = (row: string): Map<string, string[]> => {
  const entries: MenuEntry[] = manifest.contributes.menus['view/item/context'];
  const groups = new Map<string, string[]>();
  for (const entry of entries.filter((each) => isOn(each, row))) {
    const [group = ''] = entry.group.split('@');
    groups.set(group, [...(groups.get(group) ?? []), (entry.command ?? entry.submenu ?? '').replace('celeriac.', '')]);
  }
  return groups;
};

test('the menu of a connection begins with what it is opened for, and its upkeep is one submenu', () => {
  assert.deepEqual(Object.fromEntries(menuOf('connection;connected;rw')), {
    inline: ['openDashboard', 'disconnect'],
    '1_open': ['openDashboard', 'inspect', 'control', 'sendTask'],
    '2_debug': ['debugWorker'],
    '3_connection': ['connection'],
    '9_life': ['disconnect'],
  });
  const inline = (row: string) => menuOf(row).get('inline');
  assert.deepEqual(inline('connection;disconnected;rw;lost'), ['openDashboard', 'connectNow', 'disconnect']);
  assert.deepEqual(inline('connection;disconnected;ro;idle'), ['openDashboard', 'connect']);
  assert.deepEqual(inline('connection;disconnected;ro'), ['openDashboard', 'disconnect']);
});

test('no group of a menu has more than seven entries', () => {
  const submenus: MenuEntry[][] = manifest.contributes.submenus.map(
    ({ id }: { id: string }) => manifest.contributes.menus[id],
  );
  for (const entries of submenus)
    for (const [group, members] of Map.groupBy(entries, ({ group: place }) => place.split('@')[0]))
      assert.ok(members.length <= 7, group);
  const rows = ['connection;connected;rw', 'connection;unusable', 'worker;online;rw', 'workers;rw', 'process;rw']
    .concat(['queue;rw', 'taskType;rw', 'task;FAILURE;rw', 'task;STARTED;rw', 'failure;open', 'occurrence;rw'])
    .concat(['alert;open', 'alert;muted', 'verdict;lost', 'trouble;eventsOff;rw']);
  for (const row of rows) {
    assert.ok(menuOf(row).size > 0, row);
    for (const [group, members] of menuOf(row)) {
      assert.ok(members.length <= 7, `${row} ${group}`);
      assert.deepEqual(members, [...new Set(members)], `${row} ${group}`);
    }
  }
});
