import * as vscode from 'vscode';
import { restartDebugging } from '../../commands/run.ts';

/** "Save All" is one change. */
const pauseMs = 400;

/** Sessions whose configuration says "restartOnSave" begin anew when Python code of their folder is saved. */
export const startRestartOnSave = (): vscode.Disposable => {
  const sessions = new Map<string, vscode.DebugSession>();
  let timer: NodeJS.Timeout | undefined;
  const restart = (): void => {
    for (const { id } of sessions.values()) void restartDebugging(id);
  };
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.configuration['restartOnSave'] === true && !session.parentSession) sessions.set(session.id, session);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => sessions.delete(id)),
    vscode.workspace.onDidSaveTextDocument(({ fileName, uri }) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      const isOurs = [...sessions.values()].some(
        ({ workspaceFolder }) => !workspaceFolder || workspaceFolder === folder,
      );
      if (!fileName.endsWith('.py') || !folder || !isOurs) return;
      clearTimeout(timer);
      timer = setTimeout(restart, pauseMs);
    }),
    { dispose: () => clearTimeout(timer) },
  );
};
