import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ConnectionConfig } from '../server/api/model.ts';
import { belongsHere } from './connections/belongsHere.ts';
import type { ReadOnlyPolicy } from './connections/readOnlyPolicy.ts';
import { type ConnectionSetting, nameOf, resolveConnection } from './connections/resolveConnection.ts';

export type ResolvedConnection =
  | { readonly config: ConnectionConfig }
  | { readonly name: string; readonly problem: string };

export const affectsConnections = (event: vscode.ConfigurationChangeEvent): boolean =>
  [
    'connections',
    'connection.readOnly',
    'workers.lostAfterMs',
    'history.maxTasks',
    'history.persist',
    'refresh.intervalMs',
  ].some((key) => event.affectsConfiguration(`celeriac.${key}`));

/** Whether what happens is kept on disk, so that it is still there after a restart. */
export const keepsHistory = (): boolean => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<boolean>('history.persist', true);
};

/** The connections of the settings that belong into this window, each ready to open or with the reason why it is not. */
export const readConnections = (variables: Readonly<Record<string, string | undefined>>): ResolvedConnection[] => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  const limits = {
    workerLostAfterMs: settings.get<number>('workers.lostAfterMs', 20_000),
    maxTasks: settings.get<number>('history.maxTasks', 100_000),
    refreshIntervalMs: settings.get<number>('refresh.intervalMs', 5_000),
  };
  const around = { limits, readOnly: settings.get<ReadOnlyPolicy>('connection.readOnly', 'production'), variables };
  const added = variables.CELERIAC_CONNECTIONS ? connectionsOfFile(variables.CELERIAC_CONNECTIONS) : { listed: [] };
  const listed = [
    ...settings.get<readonly ConnectionSetting[]>('connections', []),
    ...('listed' in added ? added.listed : []),
  ];
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const names = new Set<string>();
  const resolved = listed.flatMap((setting, index): ResolvedConnection[] => {
    if (!belongsHere(setting.folders, folders)) return [];
    const name = nameOf(setting, index);
    if (names.has(name)) return [{ name: `${name} (${index + 1})`, problem: sameName(name) }];
    names.add(name);
    return [resolveConnection(setting, index, around)];
  });
  return 'problem' in added ? [...resolved, added] : resolved;
};

const sameName = (name: string): string => `There is another connection called "${name}". Give each a name of its own.`;

/** Containers and start scripts bring their connections in a file: the same entries as the setting, as JSON. */
const connectionsOfFile = (
  file: string,
): { readonly listed: readonly ConnectionSetting[] } | { readonly name: string; readonly problem: string } => {
  try {
    const listed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(listed)) return { listed };
    return { name: file, problem: 'CELERIAC_CONNECTIONS names a file that holds no list of connections.' };
  } catch (error) {
    return { name: file, problem: `CELERIAC_CONNECTIONS names a file that cannot be read: ${error}` };
  }
};
