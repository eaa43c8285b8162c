import * as vscode from 'vscode';
import { partOf } from './plainLine.ts';
import { lineTooltip } from './tooltip.ts';

interface ItemLook {
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly color: string | null;
  readonly contextValue: string;
  readonly expandable: 'no' | 'open' | 'closed';
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** A row as VS Code wants it: state in words and icon, and both read aloud. */
export const treeItem = (id: string, look: ItemLook): vscode.TreeItem => {
  const [label, description] = [partOf(look.label), partOf(look.description)];
  const item = new vscode.TreeItem(label, { no: None, closed: Collapsed, open: Expanded }[look.expandable]);
  item.id = id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(look.icon, look.color ? new vscode.ThemeColor(look.color) : undefined);
  item.contextValue = look.contextValue;
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  return item;
};

export const withTooltip = (item: vscode.TreeItem, lines: readonly string[]): vscode.TreeItem => {
  item.tooltip = lineTooltip(lines);
  return item;
};
