import type * as vscode from 'vscode';
import { commandTo } from '../commands/run.ts';
import { treeItem } from '../shown/treeItem.ts';
import type { ClusterNode } from './clusterNode.ts';
import type { RowView } from './rowView.ts';

/** A row as VS Code draws it; what it says when pointed at is made then. */
export const toTreeItem = (node: ClusterNode, view: RowView): vscode.TreeItem =>
  itemOf(node, view, commandOf(node, view.label));

/** `command` runs when the row is selected. */
export const itemOf = (
  node: { readonly id: string },
  view: RowView,
  command: vscode.Command | null,
): vscode.TreeItem => {
  const item = treeItem(node.id, view);
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
