import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { HealthRuleSettings } from '../server/api/health.ts';
import { makeRedactor, type Redactor } from '../server/api/redactor.ts';
import { belongsHere } from './connections/belongsHere.ts';
import type { AutoConnect } from './connections/connectionChoices.ts';
import type { ListedConnection } from './connections/listedConnection.ts';
import type { Secrets } from './connections/plainSecrets.ts';
import { readHealthRules } from './connections/readHealthRules.ts';
import type { ReadOnlyPolicy } from './connections/readOnlyPolicy.ts';
import { type ConnectionSetting, nameOf, type Surroundings } from './connections/resolveConnection.ts';
import { affectsSetting, setting } from './setting.ts';
import type { SettingKey } from './settingTable.ts';

const settingsOfConnections: readonly SettingKey[] = [
  'connections',
  'connection.readOnly',
  'workers.lostAfterMs',
  'history.maxTasks',
  'history.persist',
  'history.retentionDays',
  'redact.patterns',
  'refresh.intervalMs',
];

export const affectsConnections = (event: vscode.ConfigurationChangeEvent): boolean =>
  settingsOfConnections.some((key) => affectsSetting(event, key));

/** All thresholds at once: they hold from now on, without a new connection. */
const alertSettings = 'celeriac.alerts';

export const affectsHealthRules = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(alertSettings);

export const healthRules = (): HealthRuleSettings =>
  readHealthRules(vscode.workspace.getConfiguration().get(alertSettings));

/** Whether what happens is kept on disk, so that it is still there after a restart. */
export const keepsHistory = (): boolean => setting('history.persist');

export const autoConnect = (): AutoConnect => setting('connection.autoConnect');

export const readOnlyPolicy = (): ReadOnlyPolicy => setting('connection.readOnly');

/** How long workers have to answer an inspection. */
export const inspectTimeoutMs = (): number => {
  const asked = setting('inspect.timeoutMs');
  return Math.min(60_000, Math.max(100, asked));
};

/** What turns an entry into a connection, besides its own secrets. */
export const surroundings = (secrets: Secrets, hide: Surroundings['hide']): Surroundings => {
  const limits = {
    workerLostAfterMs: setting('workers.lostAfterMs'),
    maxTasks: setting('history.maxTasks'),
    refreshIntervalMs: setting('refresh.intervalMs'),
    redactPatterns: redactPatterns(),
    historyDays: setting('history.retentionDays'),
  };
  return { limits, readOnly: readOnlyPolicy(), variables: process.env, secrets, hide, baseFolder: baseFolder() };
};

/** Takes out of what is shown what the settings call secret now. */
export const shownRedactor = (): Redactor => makeRedactor(redactPatterns());

const redactPatterns = (): readonly string[] => setting('redact.patterns');

/** Where a project's relative paths begin. */
const baseFolder = (): string => openFolders()[0] ?? homedir();

/** The entries of the settings as they stand there, also those that belong into other windows. */
export const settingsEntries = (): readonly ConnectionSetting[] => setting('connections');

export interface Listing {
  readonly listed: readonly ListedConnection[];
  /** What is wrong with the lists themselves, by name. */
  readonly problems: ReadonlyMap<string, string>;
}

/** The entries that belong into this window. Each name counts once. */
export const listConnections = (): Listing => {
  const file = process.env.CELERIAC_CONNECTIONS ?? null;
  const { entries, problem } = file ? entriesOfFile(file) : { entries: [], problem: null };
  const problems = new Map<string, string>(file && problem ? [[file, problem]] : []);
  const all = [
    ...settingsEntries().map((setting, index) => ({ setting, index, file: null })),
    ...entries.map((setting, index) => ({ setting, index, file })),
  ];
  const listed = new Map<string, ListedConnection>();
  const folders = openFolders();
  for (const each of all) {
    if (!belongsHere(each.setting.folders, folders)) continue;
    const name = nameOf(each.setting, each.index);
    if (listed.has(name)) problems.set(`${name} (${each.index + 1})`, sameName(name));
    else listed.set(name, { ...each, name });
  }
  return { listed: [...listed.values()], problems };
};

/** The folders of this window. */
export const openFolders = (): string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);

const sameName = (name: string): string => `There is another connection called "${name}". Give each a name of its own.`;

/** Containers and start scripts bring their connections in a file: the same entries as the setting, as JSON. */
const entriesOfFile = (
  file: string,
): { readonly entries: readonly ConnectionSetting[]; readonly problem: string | null } => {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(entries)) return { entries, problem: null };
    return { entries: [], problem: 'CELERIAC_CONNECTIONS names a file that holds no list of connections.' };
  } catch (error) {
    return { entries: [], problem: `CELERIAC_CONNECTIONS names a file that cannot be read: ${error}` };
  }
};

/** How often what views show and the engine does not tell unasked is read. */
export const refreshIntervalMs = (): number => {
  return Math.max(500, setting('refresh.intervalMs'));
};

export const showsStatusBar = (): boolean => setting('statusBar.enabled');
