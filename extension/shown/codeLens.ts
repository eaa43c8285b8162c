import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

/** A command above a line of a document. */
export const codeLens = (
  range: vscode.Range,
  { title, tooltip, ...command }: vscode.Command,
  icon?: string,
): vscode.CodeLens =>
  new vscode.CodeLens(range, {
    ...command,
    title: icon === undefined ? plainLine(title) : `$(${icon}) ${plainLine(title)}`,
    ...(tooltip === undefined ? {} : { tooltip: plainLine(tooltip) }),
  });
