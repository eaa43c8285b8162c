import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { commandTo } from '../commands/run.ts';
import type { Mirror, MirrorChange } from '../mirror.ts';
import type { MirrorRows } from '../views/mirrorTree.ts';
import type { NodeView } from '../views/nodeView.ts';
import { rowItem } from '../views/rowItem.ts';
import { type AlertNode, alertNode, alertsOf, alertTextNodes } from './alertNodes.ts';
import { alertTextView, alertView } from './alertView.ts';
import { emptyAlerts } from './emptyAlerts.ts';

/** The Alerts view: what the health rules say now. */
export const alertRows = ({ snapshots }: Pick<Mirror, 'snapshots'>): MirrorRows<AlertNode> => {
  const shown = (showsMuted: boolean) => alertsOf(snapshots, Date.now(), showsMuted ? 'all' : 'open');
  const alertOf = ({ clusterId, alertId }: AlertNode) => snapshots.get(clusterId)?.alerts[alertId];
  const viewOf = (node: AlertNode): NodeView => {
    const cluster = snapshots.get(node.clusterId);
    const alert = alertOf(node);
    if (!cluster || !alert) return overView;
    if (node.kind === 'alert') return alertView(alert, cluster, Date.now(), snapshots.size > 1);
    return alertTextView(node.kind, alert);
  };
  return {
    everyMs: 500,
    item: (node) => leading(rowItem(node.id, viewOf(node)), node),
    children(node, showsMuted) {
      if (!node) return shown(showsMuted).map(({ cluster, alert }) => alertNode(cluster.clusterId, alert.id));
      const alert = node.kind === 'alert' ? alertOf(node) : undefined;
      return alert ? alertTextNodes(node.clusterId, alert) : [];
    },
    parent: (node) => (node.kind === 'alert' ? undefined : alertNode(node.clusterId, node.alertId)),
    concerns: ({ changes }: MirrorChange) => changes === null || changes.some(({ kind }) => redrawing.has(kind)),
    heading(showsMuted) {
      const muted = showsMuted ? 0 : alertsOf(snapshots, Date.now(), 'muted').length;
      const isEmpty = shown(showsMuted).length === 0;
      return {
        message: isEmpty ? emptyAlerts(snapshots, muted) : '',
        description: !isEmpty && muted > 0 ? t('{0} muted', muted) : '',
      };
    },
  };
};

/** A click on an alert leads to what it is about. */
const leading = (item: vscode.TreeItem, node: AlertNode): vscode.TreeItem => {
  if (node.kind === 'alert') item.command = commandTo('showAlert', t('Show What It Is About'), node);
  return item;
};

const redrawing: ReadonlySet<string> = new Set(['alert', 'alertGone', 'verdict', 'link']);

const overView: NodeView = {
  label: t('It is over.'),
  description: '',
  icon: 'pass',
  color: null,
  tooltip: [],
  contextValue: 'over',
  expandable: 'no',
};
