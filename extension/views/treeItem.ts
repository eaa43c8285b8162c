import * as vscode from 'vscode';
import { commandIds } from '../commands/ids.ts';
import type { ClusterNode, TroubleKind } from './clusterNode.ts';
import type { RowView } from './rowView.ts';

const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;

/** A row as VS Code draws it; what it says when pointed at is made then. */
export const toTreeItem = (node: ClusterNode, view: RowView): vscode.TreeItem => itemOf(node, view, commandOf(node));

/** `command` runs, with the row, when the row is selected. */
export const itemOf = (node: { readonly id: string }, view: RowView, command: string | null): vscode.TreeItem => {
  const item = new vscode.TreeItem(view.label, { no: None, open: Expanded, closed: Collapsed }[view.expandable]);
  item.id = node.id;
  item.description = view.description;
  item.iconPath = new vscode.ThemeIcon(view.icon, view.color ? new vscode.ThemeColor(view.color) : undefined);
  item.contextValue = view.contextValue;
  item.accessibilityInformation = { label: view.description ? `${view.label}, ${view.description}` : view.label };
  if (command) item.command = { command, title: view.label, arguments: [node] };
  return item;
};

/** What selecting a row does, besides selecting it. */
const commandOf = (node: ClusterNode): string | null => {
  switch (node.kind) {
    case 'unusable':
      return commandIds.editConnection;
    case 'trouble':
      return troubleCommand(node.trouble);
    case 'task':
      return commandIds.openTask;
    case 'more':
      return node.step > 0 ? commandIds.showMoreRows : null;
    default:
      return null;
  }
};

const troubleCommand = (trouble: TroubleKind): string | null => {
  if (trouble === 'lost') return commandIds.testConnection;
  return trouble === 'eventsOff' ? commandIds.enableEvents : null;
};

/** Plain text: Markdown would take the name of a worker for an address to write to. */
export const tooltipOf = (view: RowView): string => view.tooltip().join('\n');
