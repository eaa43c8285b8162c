import * as vscode from 'vscode';
import type { NodeView } from './nodeView.ts';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** A row as VS Code wants it: state in words and icon, and both read aloud. */
export const rowItem = (id: string, view: NodeView): vscode.TreeItem => {
  const item = new vscode.TreeItem(view.label, { no: None, closed: Collapsed, open: Expanded }[view.expandable]);
  item.id = id;
  item.description = view.description;
  item.iconPath = new vscode.ThemeIcon(view.icon, view.color ? new vscode.ThemeColor(view.color) : undefined);
  item.tooltip = new vscode.MarkdownString(view.tooltip);
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: [view.label, view.description].filter(Boolean).join(', ') };
  return item;
};
