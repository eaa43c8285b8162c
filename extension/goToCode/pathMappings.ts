import * as vscode from 'vscode';
import { setting, writeSetting } from '../setting.ts';
import type { SettingTable } from '../settingTable.ts';

const variable = '${workspaceFolder}';

/** Folders on the workers' machines, and which folder of this machine each one is. */
export const pathMappings = (): SettingTable['debug.pathMappings'] => {
  const first = localFolders()[0];
  const entries = Object.entries(setting('debug.pathMappings')).map(([remote, local]) => [
    remote,
    withFolder(String(local), first),
  ]);
  return Object.fromEntries(entries);
};

/** Keeps what a person has chosen, for this workspace. */
export const rememberMapping = async (mapping: { readonly remote: string; readonly local: string }): Promise<void> => {
  const first = localFolders()[0];
  const isBelow = first !== undefined && (mapping.local === first || mapping.local.startsWith(`${first}/`));
  const local = isBelow ? variable + mapping.local.slice(first.length) : mapping.local;
  const mappings = { ...setting('debug.pathMappings'), [mapping.remote]: local };
  await writeSetting('debug.pathMappings', mappings, vscode.ConfigurationTarget.Workspace);
};

/** The folders of the workspace that are files on this machine. */
export const localFolders = (): readonly string[] =>
  (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);

const withFolder = (path: string, folder: string | undefined): string =>
  folder === undefined ? path : path.replace(variable, folder);
