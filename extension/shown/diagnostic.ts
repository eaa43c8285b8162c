import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
} as const;

export interface ShownProblem {
  readonly range: vscode.Range;
  /** It may name what others wrote, such as a task. */
  readonly message: string;
  readonly severity: keyof typeof severities;
  readonly rule: string;
  /** Where the rule is explained. */
  readonly page: string;
}

/** A problem of the editor. */
export const diagnostic = ({ range, message, severity, rule, page }: ShownProblem): vscode.Diagnostic => {
  const made = new vscode.Diagnostic(range, plainLine(message), severities[severity]);
  made.source = 'celeriac';
  made.code = { value: rule, target: vscode.Uri.parse(page) };
  return made;
};
