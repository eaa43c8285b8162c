import * as vscode from 'vscode';
import { commandTo } from '../commands/run.ts';
import type { ClusterNode } from './clusterNode.ts';
import type { RowView } from './rowView.ts';

const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;

/** A row as VS Code draws it; what it says when pointed at is made then. */
export const toTreeItem = (node: ClusterNode, view: RowView): vscode.TreeItem =>
  itemOf(node, view, commandOf(node, view.label));

/** `command` runs when the row is selected. */
export const itemOf = (
  node: { readonly id: string },
  view: RowView,
  command: vscode.Command | null,
): vscode.TreeItem => {
  const item = new vscode.TreeItem(view.label, { no: None, open: Expanded, closed: Collapsed }[view.expandable]);
  item.id = node.id;
  item.description = view.description;
  item.iconPath = new vscode.ThemeIcon(view.icon, view.color ? new vscode.ThemeColor(view.color) : undefined);
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: view.description ? `${view.label}, ${view.description}` : view.label };
  if (command) item.command = command;
  return item;
};

/** What selecting a row does, besides selecting it. */
const commandOf = (node: ClusterNode, title: string): vscode.Command | null => {
  switch (node.kind) {
    case 'unusable':
      return commandTo('editConnection', title, node);
    case 'trouble':
      if (node.trouble === 'lost') return commandTo('testConnection', title, node);
      return node.trouble === 'eventsOff' ? commandTo('enableEvents', title, node) : null;
    case 'task':
      return commandTo('openTask', title, node);
    case 'more':
      return node.step > 0 ? commandTo('showMoreRows', title, node) : null;
    default:
      return null;
  }
};

/** Plain text: Markdown would take the name of a worker for an address to write to. */
export const tooltipOf = (view: RowView): string => view.tooltip().join('\n');
