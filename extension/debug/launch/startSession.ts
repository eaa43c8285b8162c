import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { F5 } from '../f5.ts';

export const startSession = async (
  { f5 }: { readonly f5: F5 },
  configuration: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<void> => {
  await f5.offer();
  const started = await vscode.debug.startDebugging(folder, { ...configuration });
  // What is wrong has been said by the adapter, or by whoever completed the configuration.
  if (!started) throw new CeleriacError('cancelled', 'The session did not start.');
};
