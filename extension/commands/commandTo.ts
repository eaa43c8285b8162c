import type * as vscode from 'vscode';
import { type CommandName, commandId, type GivenTo } from './table.ts';

/** A command of ours for a row, a lens or an item to run. */
export const commandTo = <K extends CommandName>(name: K, title: string, ...given: GivenTo<K>): vscode.Command => ({
  command: commandId(name),
  title,
  arguments: given,
});
