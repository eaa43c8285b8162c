import * as vscode from 'vscode';
import { setting } from '../setting.ts';

/** The folders that may be read: files on a disk, in a workspace that the user trusts. */
export const readableFolders = (): readonly string[] =>
  vscode.workspace.isTrusted
    ? (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath)
    : [];

export const isDiscoveryEnabled = (): boolean => setting('discovery.enabled');
