import * as vscode from 'vscode';
import type { F5 } from '../f5.ts';
import type { WrittenTask } from './findWrittenTask.ts';
import type { LaunchConfiguration } from './offeredConfigurations.ts';
import { startSession } from './startSession.ts';

/** Nobody runs a task under the debugger to see it fly by: without a breakpoint in its file it stops at its first line. */
export const startStopping = async (
  parts: { readonly f5: F5 },
  written: WrittenTask | null,
  configuration: LaunchConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<void> => {
  if (!written || hasBreakpoint(written.file)) return startSession(parts, configuration, folder);
  const at = new vscode.Position(written.firstLine - 1, 0);
  const breakpoint = new vscode.SourceBreakpoint(new vscode.Location(vscode.Uri.file(written.file), at));
  const leave = (): void => {
    ended.dispose();
    vscode.debug.removeBreakpoints([breakpoint]);
  };
  const ended = vscode.debug.onDidTerminateDebugSession((session) => {
    if (!session.parentSession && session.configuration.name === configuration.name) leave();
  });
  vscode.debug.addBreakpoints([breakpoint]);
  try {
    await startSession(parts, configuration, folder);
  } catch (error) {
    leave();
    throw error;
  }
};

const hasBreakpoint = (file: string): boolean =>
  vscode.debug.breakpoints.some(
    (each) => each instanceof vscode.SourceBreakpoint && each.enabled && each.location.uri.fsPath === file,
  );
