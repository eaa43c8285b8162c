import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ConnectionConfig } from '../server/api/model.ts';
import { type ConnectionSetting, resolveConnection } from './connections/resolveConnection.ts';

export type ResolvedConnection =
  | { readonly config: ConnectionConfig }
  | { readonly name: string; readonly problem: string };

export const affectsConnections = (event: vscode.ConfigurationChangeEvent): boolean =>
  ['connections', 'workers.lostAfterMs', 'history.maxTasks', 'history.persist', 'refresh.intervalMs'].some((key) =>
    event.affectsConfiguration(`celeriac.${key}`),
  );

/** Whether what happens is kept on disk, so that it is still there after a restart. */
export const keepsHistory = (): boolean => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<boolean>('history.persist', true);
};

/** The connections of the settings, each ready to open or with the reason why it is not. */
export const readConnections = (environment: Readonly<Record<string, string | undefined>>): ResolvedConnection[] => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  const limits = {
    workerLostAfterMs: settings.get<number>('workers.lostAfterMs', 20_000),
    maxTasks: settings.get<number>('history.maxTasks', 100_000),
    refreshIntervalMs: settings.get<number>('refresh.intervalMs', 5_000),
  };
  const listed = settings.get<readonly ConnectionSetting[]>('connections', []);
  const file = environment.CELERIAC_CONNECTIONS;
  const resolved = listed.map((setting, index) => resolveConnection(setting, index, limits, environment));
  if (!file) return resolved;
  const added = connectionsOfFile(file);
  if ('problem' in added) return [...resolved, added];
  return [...resolved, ...added.listed.map((setting, index) => resolveConnection(setting, index, limits, environment))];
};

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
