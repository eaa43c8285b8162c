import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

export interface TreeTexts {
  /** In place of rows, when there are none. */
  readonly message?: string;
  readonly description?: string;
  readonly badge?: vscode.ViewBadge | undefined;
}

/** A tree of the sidebar; what stands beside its rows is given to `tell`. */
export interface OpenTree<N> {
  readonly view: Omit<vscode.TreeView<N>, 'title' | 'message' | 'description' | 'badge'>;
  tell(texts: TreeTexts): void;
}

export const openTree = <N>(id: string, options: vscode.TreeViewOptions<N>): OpenTree<N> => {
  const view = vscode.window.createTreeView(id, options);
  return {
    view,
    tell(texts) {
      if (texts.message !== undefined) view.message = plainLine(texts.message);
      if (texts.description !== undefined) view.description = plainLine(texts.description);
      if ('badge' in texts) view.badge = texts.badge && { ...texts.badge, tooltip: plainLine(texts.badge.tooltip) };
    },
  };
};
