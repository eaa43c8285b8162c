import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeProblem, CodeRange } from '../../server/api/language.ts';

export const asRange = ({ startLine, startColumn, endLine, endColumn }: CodeRange): vscode.Range =>
  new vscode.Range(startLine, startColumn, endLine, endColumn);

/** For each problem: its fix, where there is one that is safe, and a comment that silences it. */
export class ProblemFixes implements vscode.CodeActionProvider {
  problems: ReadonlyMap<string, readonly CodeProblem[]> = new Map();

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return diagnostics
      .filter(({ source }) => source === 'celeriac')
      .flatMap((diagnostic) => {
        const found = this.problems
          .get(document.fileName)
          ?.find(({ rule, range }) => rule === diagnostic.code && asRange(range).isEqual(diagnostic.range));
        return found ? actionsFor(found, diagnostic, document) : [];
      });
  }
}

const actionsFor = (problem: CodeProblem, diagnostic: vscode.Diagnostic, document: vscode.TextDocument) => {
  const silence = action(t('Ignore {0} on this line', problem.rule), diagnostic);
  const { text, range } = document.lineAt(diagnostic.range.start.line);
  silence.edit?.insert(
    document.uri,
    range.end,
    `${text.trimEnd() === text ? '  ' : ''}# celeriac: ignore[${problem.rule}]`,
  );
  if (problem.fix.length === 0) return [silence];
  const fix = action(t('Fix {0}', problem.rule), diagnostic);
  fix.isPreferred = true;
  for (const each of problem.fix) fix.edit?.replace(document.uri, asRange(each.range), each.text);
  return [fix, silence];
};

const action = (title: string, diagnostic: vscode.Diagnostic): vscode.CodeAction => {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.edit = new vscode.WorkspaceEdit();
  return made;
};
