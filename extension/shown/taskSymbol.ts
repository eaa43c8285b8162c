import * as vscode from 'vscode';
import { partOf } from './plainLine.ts';

/** An entry of the list of symbols. */
export const taskSymbol = (name: string, container: string, location: vscode.Location): vscode.SymbolInformation =>
  new vscode.SymbolInformation(partOf(name), vscode.SymbolKind.Event, partOf(container), location);

/** An entry of a call hierarchy. */
export const callItem = (
  {
    name,
    detail,
    kind,
  }: { readonly name: string; readonly detail: string; readonly kind: 'task' | 'code' | 'schedule' },
  { uri, range }: vscode.Location,
): vscode.CallHierarchyItem =>
  new vscode.CallHierarchyItem(symbolKinds[kind], partOf(name), partOf(detail), uri, range, range);

const symbolKinds = {
  task: vscode.SymbolKind.Event,
  code: vscode.SymbolKind.Function,
  schedule: vscode.SymbolKind.Constant,
} as const;
