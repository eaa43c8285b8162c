import * as vscode from 'vscode';

/** Opens the page of a task. */
export const openTask = async (task: { readonly clusterId: string; readonly taskId: string }): Promise<void> => {
  await vscode.commands.executeCommand('celeriac.openTask', task);
};
