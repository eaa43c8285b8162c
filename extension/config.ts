import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { HealthRuleSettings } from '../server/api/health.ts';
import { defaultRedactPatterns } from '../server/api/redaction.ts';
import { makeRedactor, type Redactor } from '../server/api/redactor.ts';
import { belongsHere } from './connections/belongsHere.ts';
import type { AutoConnect } from './connections/connectionChoices.ts';
import type { ListedConnection } from './connections/listedConnection.ts';
import type { Secrets } from './connections/plainSecrets.ts';
import { readHealthRules } from './connections/readHealthRules.ts';
import type { ReadOnlyPolicy } from './connections/readOnlyPolicy.ts';
import { type ConnectionSetting, nameOf, type Surroundings } from './connections/resolveConnection.ts';

const settingsOfConnections = [
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
  settingsOfConnections.some((key) => event.affectsConfiguration(`celeriac.${key}`));

/** All thresholds at once: they hold from now on, without a new connection. */
const alertSettings = 'celeriac.alerts';

export const affectsHealthRules = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(alertSettings);

export const healthRules = (): HealthRuleSettings =>
  readHealthRules(vscode.workspace.getConfiguration().get(alertSettings));

/** Whether what happens is kept on disk, so that it is still there after a restart. */
export const keepsHistory = (): boolean => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<boolean>('history.persist', true);
};

export const autoConnect = (): AutoConnect => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<AutoConnect>('connection.autoConnect', 'lastUsed');
};

export const readOnlyPolicy = (): ReadOnlyPolicy => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<ReadOnlyPolicy>('connection.readOnly', 'production');
};

/** How long workers have to answer an inspection. */
export const inspectTimeoutMs = (): number => {
  const asked = vscode.workspace.getConfiguration('celeriac').get<number>('inspect.timeoutMs', 2_000);
  return Math.min(60_000, Math.max(100, asked));
};

/** What turns an entry into a connection, besides its own secrets. */
export const surroundings = (secrets: Secrets): Surroundings => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  const limits = {
    workerLostAfterMs: settings.get<number>('workers.lostAfterMs', 20_000),
    maxTasks: settings.get<number>('history.maxTasks', 100_000),
    refreshIntervalMs: settings.get<number>('refresh.intervalMs', 5_000),
    redactPatterns: redactPatterns(),
    historyDays: settings.get<number>('history.retentionDays', 7),
  };
  return { limits, readOnly: readOnlyPolicy(), variables: process.env, secrets, baseFolder: baseFolder() };
};

/** Takes out of what is shown what the settings call secret now. */
export const shownRedactor = (): Redactor => makeRedactor(redactPatterns());

const redactPatterns = (): readonly string[] =>
  vscode.workspace.getConfiguration('celeriac').get<readonly string[]>('redact.patterns', defaultRedactPatterns);

/** Where a project's relative paths begin. */
const baseFolder = (): string => openFolders()[0] ?? homedir();

/** The entries of the settings as they stand there, also those that belong into other windows. */
export const settingsEntries = (): readonly ConnectionSetting[] => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<readonly ConnectionSetting[]>('connections', []);
};

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
  const settings = vscode.workspace.getConfiguration('celeriac');
  return Math.max(500, settings.get<number>('refresh.intervalMs', 5_000));
};

export const showsStatusBar = (): boolean => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<boolean>('statusBar.enabled', true);
};
