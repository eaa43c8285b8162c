import type * as vscode from 'vscode';
import { treeItem, withTooltip } from '../shown/treeItem.ts';
import type { NodeView } from './nodeView.ts';

/** A row whose tooltip is made together with it. */
export const rowItem = (id: string, view: NodeView): vscode.TreeItem => withTooltip(treeItem(id, view), view.tooltip);
