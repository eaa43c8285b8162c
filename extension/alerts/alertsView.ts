import { t } from '@vscode/l10n';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView, run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { rowsOf } from '../rows/rows.ts';
import { RowTree } from '../rows/rowTree.ts';
import type { TreeTexts } from '../shown/openTree.ts';
import { type AlertNode, type AlertSource, alert, recommendation, sentence } from './alert.ts';
import { acknowledgeAlert, chooseAlert, muteAlert, unmuteAlert } from './alertCommands.ts';
import { AlertHistory } from './alertHistory.ts';
import { alertPlace } from './alertPlace.ts';
import { alertsOf } from './alertsOf.ts';
import { emptyAlerts } from './emptyAlerts.ts';

type Commands =
  | 'acknowledgeAlert'
  | 'hideMutedAlerts'
  | 'muteAlert'
  | 'showAlert'
  | 'showAlertHistory'
  | 'showAlerts'
  | 'showMutedAlerts'
  | 'unmuteAlert';

/** The Alerts view, and what can be said to an alert. */
export const startAlertsView = (parts: Parts): Area<Commands> => {
  const { mirror, surfaces } = parts;
  const source: AlertSource = { snapshots: mirror.snapshots, showsMuted: false };
  const tree = new RowTree('celeriac.alerts', {
    surfaces,
    rows: rowsOf<AlertNode, AlertSource>({ alert, sentence, recommendation }, source, rootsOf),
    heading: () => headingOf(source),
    soonMs: 500,
    tickMs: 30_000,
    isTicking: () => rootsOf(source).length > 0,
  });
  const tellMuted = surfaces.contextKey('celeriac.alerts.showsMuted');
  const showMuted = async (areShown: boolean): Promise<void> => {
    source.showsMuted = areShown;
    await tree.draw();
    await tellMuted(areShown);
  };
  const history = new AlertHistory(parts);
  tree.start();
  const following = mirror.onDidChange(({ changes }) => {
    if (changes === null || changes.some(({ kind }) => redrawing.has(kind))) tree.changed();
  });
  history.start();
  return {
    commands: {
      acknowledgeAlert: (row) => acknowledgeAlert(row, parts),
      hideMutedAlerts: () => showMuted(false),
      muteAlert: (row) => muteAlert(row, parts),
      showAlert: (row) => showAlert(row, parts),
      showAlertHistory: (row) => history.open(row),
      showAlerts: async () => {
        await focusView('celeriac.alerts');
      },
      showMutedAlerts: () => showMuted(true),
      unmuteAlert: (row) => unmuteAlert(row, parts),
    },
    dispose: () => {
      following.dispose();
      tree.dispose();
      history.dispose();
    },
  };
};

const redrawing: ReadonlySet<string> = new Set(['alert', 'alertGone', 'verdict', 'link']);

const rootsOf = ({ snapshots, showsMuted }: AlertSource): readonly AlertNode[] =>
  alertsOf(snapshots, Date.now(), showsMuted ? 'all' : 'open').map(({ cluster: { clusterId }, alert: { id } }) => ({
    kind: 'alert',
    clusterId,
    alertId: id,
  }));

const headingOf = (source: AlertSource): TreeTexts => {
  const { snapshots, showsMuted } = source;
  const muted = showsMuted ? 0 : alertsOf(snapshots, Date.now(), 'muted').length;
  const isEmpty = rootsOf(source).length === 0;
  return {
    message: isEmpty ? emptyAlerts(snapshots, muted) : '',
    description: !isEmpty && muted > 0 ? t('{0} muted', muted) : '',
  };
};

/** Leads to what an alert is about. */
const showAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const chosen = await chooseAlert(row, parts, t('Show What an Alert Is About'));
  const place = alertPlace(chosen);
  await run('taskId' in place ? 'openTask' : 'revealInClusters', place);
};
