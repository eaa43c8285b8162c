import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { CeleriacError } from '../../../server/api/errors.ts';
import { localFolders } from '../../goToCode/pathMappings.ts';

/** The folders whose code may be run; a sentence where there are none. */
export const codeFolders = (): readonly string[] => {
  if (!vscode.workspace.isTrusted)
    throw new CeleriacError(
      'unsupported',
      t('Code of a workspace that you do not trust is not run. Trust it with "Workspaces: Manage Workspace Trust".'),
    );
  const folders = localFolders();
  if (folders.length > 0) return folders;
  throw new CeleriacError('notFound', t('No folder is open. Open the folder with the code of your tasks.'));
};

/** The folder of the workspace that a file or a folder is in; the first one for what is elsewhere. */
export const workspaceFolderOf = (path: string): vscode.WorkspaceFolder | undefined =>
  vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) ?? vscode.workspace.workspaceFolders?.[0];
