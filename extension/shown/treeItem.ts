import * as vscode from 'vscode';
import type { RowLook } from '../rows/rowLook.ts';
import { partOf } from './plainLine.ts';
import { productionUri } from './productionColor.ts';
import { lineTooltip } from './tooltip.ts';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** A row as VS Code wants it: state in words and icon, and both read aloud. What it says when pointed at is made then. */
export const treeItem = (id: string, look: RowLook): vscode.TreeItem => {
  const { icon, color, contextValue, expandable = 'no', command } = look;
  const [label, description] = [partOf(look.label), partOf(look.description ?? '')];
  const item = new vscode.TreeItem(label, { no: None, closed: Collapsed, open: Expanded }[expandable]);
  item.id = id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  if (look.isProduction) item.resourceUri = productionUri(id);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  if (command) item.command = command;
  return item;
};

export const withTooltip = (item: vscode.TreeItem, lines: readonly string[]): vscode.TreeItem => {
  item.tooltip = lineTooltip(lines);
  return item;
};
