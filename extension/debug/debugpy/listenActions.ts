import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { insertListening, isCeleryLine } from './insertListening.ts';

/** On a Celery app or a task: have the workers of this app listen for a debugger. */
const actions: vscode.CodeActionProvider = {
  provideCodeActions: (document, range) => {
    const isThere = isCeleryLine(document.lineAt(range.start.line).text);
    const insertions = isThere ? insertListening(document.getText()) : null;
    if (!insertions) return [];
    const title = t('Have the workers of this app listen for a debugger (CELERIAC_DEBUG_PORT)');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    for (const { line, text } of insertions) action.edit.insert(document.uri, new vscode.Position(line, 0), text);
    return [action];
  },
};

export const offerListening = (): vscode.Disposable =>
  vscode.languages.registerCodeActionsProvider({ language: 'python' }, actions, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
