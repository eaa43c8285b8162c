import * as vscode from 'vscode';
import type { ViewId } from '../surfaces.ts';
import { type CommandName, commandId, type GivenTo } from './table.ts';

/** Runs a command of ours, on what it takes. */
export const run = async <K extends CommandName>(name: K, ...given: GivenTo<K>): Promise<void> => {
  await vscode.commands.executeCommand(commandId(name), ...given);
};

/** A command of ours as the address of a link in one of our documents. */
export const linkTo = <K extends CommandName>(name: K, ...given: GivenTo<K>): vscode.Uri =>
  vscode.Uri.parse(`command:${commandId(name)}?${encodeURIComponent(JSON.stringify(given))}`);

export const focusView = async (view: ViewId): Promise<void> => {
  await vscode.commands.executeCommand(`${view}.focus`);
};

export const showDifference = async (left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> => {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
};

export const openFile = async (file: vscode.Uri): Promise<void> => {
  await vscode.commands.executeCommand('vscode.open', file);
};

export const openSettings = async (setting: string): Promise<void> => {
  await vscode.commands.executeCommand('workbench.action.openSettings', setting);
};

export const openWalkthrough = async (id: string): Promise<void> => {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
};

export const restartDebugging = async (sessionId: string): Promise<void> => {
  await vscode.commands.executeCommand('workbench.action.debug.restart', { sessionId });
};
