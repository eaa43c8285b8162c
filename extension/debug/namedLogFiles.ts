import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { localFolders } from '../goToCode/pathMappings.ts';

/** The log files that the settings name, as patterns. A file without a folder before it is one of the workspace. */
export const namedLogFiles = (): readonly string[] => {
  const named = vscode.workspace.getConfiguration('celeriac').get<readonly string[]>('debug.logFiles', []);
  return named.flatMap((name) => (isAbsolute(name) ? [name] : localFolders().map((folder) => join(folder, name))));
};
