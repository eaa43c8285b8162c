import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { readableFolders } from '../discovery/findBrokers.ts';

/**
 * The log files that the settings name, as patterns. A file without a folder before it is one of the workspace, and no file
 * of a workspace is opened before it is trusted.
 */
export const namedLogFiles = (): readonly string[] => {
  const named = vscode.workspace.getConfiguration('celeriac').get<readonly string[]>('debug.logFiles', []);
  return named.flatMap((name) => (isAbsolute(name) ? [name] : readableFolders().map((folder) => join(folder, name))));
};
