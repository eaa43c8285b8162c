import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CodeProblem, CodeRange } from '../../server/api/language.ts';

export const asRange = ({ startLine, startColumn, endLine, endColumn }: CodeRange): vscode.Range =>
  new vscode.Range(startLine, startColumn, endLine, endColumn);

/** What "Fix All" and "editor.codeActionsOnSave" run. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('celeriac');

/** For each problem: its fix, where there is one that is safe, and a comment that silences it. */
export class ProblemFixes implements vscode.CodeActionProvider {
  problems: ReadonlyMap<string, readonly CodeProblem[]> = new Map();

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    if (only?.intersects(fixAllKind)) return this.fixAll(document);
    return diagnostics
      .filter(({ source }) => source === 'celeriac')
      .flatMap((diagnostic) => {
        const found = this.problems
          .get(document.fileName)
          ?.find(({ rule, range }) => rule === ruleOf(diagnostic) && asRange(range).isEqual(diagnostic.range));
        return found ? actionsFor(found, diagnostic, document) : [];
      });
  }

  /** Runs when a file is saved, where "editor.codeActionsOnSave" asks for it. */
  private fixAll(document: vscode.TextDocument): vscode.CodeAction[] {
    const safe = (this.problems.get(document.fileName) ?? []).filter(({ isFixSafe }) => isFixSafe);
    const edits = untouched(safe.map(({ fix }) => fix)).flat();
    if (edits.length === 0) return [];
    const made = new vscode.CodeAction(t('Fix all safe Celery problems'), fixAllKind);
    made.edit = new vscode.WorkspaceEdit();
    for (const { range, text } of edits) made.edit.replace(document.uri, asRange(range), text);
    return [made];
  }
}

type Fix = CodeProblem['fix'];

/** Of fixes that touch each other the first counts; the others wait for the next time. */
const untouched = (fixes: readonly Fix[]): readonly Fix[] => {
  const taken: Fix[] = [];
  for (const fix of fixes)
    if (!fix.some(({ range }) => taken.flat().some((other) => asRange(range).intersection(asRange(other.range)))))
      taken.push(fix);
  return taken;
};

const ruleOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

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
