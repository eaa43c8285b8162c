import * as vscode from 'vscode';
import type { BrokerSource } from '../../server/api/discovery.ts';

/** Shows the line on which a broker is named. */
export const openSource = async ({ file, line }: BrokerSource): Promise<void> => {
  if (file === null) return;
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
};
