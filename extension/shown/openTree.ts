import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

export interface TreeTexts {
  /** Above the rows, or in their place. */
  readonly message?: string;
  readonly description?: string;
  readonly badge?: vscode.ViewBadge | undefined;
}

/** A tree of the sidebar; `show` sets the texts beside its rows. */
export interface OpenTree<N> {
  readonly view: Omit<vscode.TreeView<N>, 'title' | 'message' | 'description' | 'badge'>;
  show(texts: TreeTexts): void;
}

export const openTree = <N>(id: string, options: vscode.TreeViewOptions<N>): OpenTree<N> => {
  const view = vscode.window.createTreeView(id, options);
  return {
    view,
    show(texts) {
      if (texts.message !== undefined) view.message = plainLine(texts.message);
      if (texts.description !== undefined) view.description = plainLine(texts.description);
      if ('badge' in texts) view.badge = texts.badge && { ...texts.badge, tooltip: plainLine(texts.badge.tooltip) };
    },
  };
};
