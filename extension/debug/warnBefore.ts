import * as vscode from 'vscode';

/** How long before a task under the debugger is ended people are warned. */
export const readWarnBeforeMs = (): number => {
  const settings = vscode.workspace.getConfiguration('celeriac');
  return settings.get<number>('debug.warnBeforeSeconds', 60) * 1_000;
};
