import * as vscode from 'vscode';
import { partOf, plainLine } from './plainLine.ts';

interface CompletionLook {
  readonly label: string;
  readonly insert: string;
  readonly detail: string;
  readonly documentation: string;
  readonly kind: keyof typeof kinds;
}

const kinds = {
  task: vscode.CompletionItemKind.Event,
  queue: vscode.CompletionItemKind.Value,
  setting: vscode.CompletionItemKind.Property,
  crontab: vscode.CompletionItemKind.Value,
  option: vscode.CompletionItemKind.Variable,
} as const;

/** An entry of the list of what can be typed. */
export const completionItem = (
  { label, insert, detail, documentation, kind }: CompletionLook,
  range: vscode.Range,
): vscode.CompletionItem => {
  const item = new vscode.CompletionItem(partOf(label), kinds[kind]);
  item.insertText = insert;
  item.range = range;
  item.detail = plainLine(detail);
  if (documentation !== '') item.documentation = plainLine(documentation);
  return item;
};

interface SignatureLook {
  readonly label: string;
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly active: number;
}

/** How something is called. The places of the parameters count on the label as it is, so it is not changed but made one line. */
export const signatureHelp = ({ label, parameters, active }: SignatureLook): vscode.SignatureHelp => {
  const help = new vscode.SignatureHelp();
  const signature = new vscode.SignatureInformation(label.replaceAll(/\p{Cc}/gu, ' '));
  signature.parameters = parameters.map(([start, end]) => new vscode.ParameterInformation([start, end]));
  help.signatures = [signature];
  help.activeSignature = 0;
  help.activeParameter = active;
  return help;
};
