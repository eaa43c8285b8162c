import { t } from '@vscode/l10n';
import type { VerdictState } from '../../server/api/health.ts';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView, run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { chooseCluster } from '../pick/chooseCluster.ts';
import { rowsOf } from '../rows/rows.ts';
import { RowTree } from '../rows/rowTree.ts';
import type { TreeTexts } from '../shown/openTree.ts';
import { type AlertNode, type AlertSource, alert, recommendation, sentence } from './alert.ts';
import { acknowledgeAlert, chooseAlert, muteAlert, unmuteAlert } from './alertCommands.ts';
import { alertPlace } from './alertPlace.ts';
import { alertsOf } from './alertsOf.ts';
import { driftAdvice, driftRow } from './driftRow.ts';
import { verdictRow } from './verdictRow.ts';

type Commands =
  | 'acknowledgeAlert'
  | 'hideMutedAlerts'
  | 'muteAlert'
  | 'showAlert'
  | 'showAlertHistory'
  | 'showAlerts'
  | 'showMutedAlerts'
  | 'unmuteAlert';

/** The Alerts view, and the commands on an alert. */
export const startAlertsView = (parts: Parts): Area<Commands> => {
  const { drift, mirror, surfaces } = parts;
  const source: AlertSource = { snapshots: mirror.snapshots, drift, showsMuted: false };
  const tree = new RowTree('celeriac.alerts', {
    surfaces,
    rows: rowsOf<AlertNode, AlertSource>(
      { verdict: verdictRow, alert, sentence, recommendation, drift: driftRow, driftAdvice },
      source,
      rootsOf,
    ),
    heading: () => headingOf(source),
    tickMs,
    isTicking: makeTicking(mirror.snapshots),
  });
  const setMutedShown = surfaces.contextKey('celeriac.alerts.showsMuted');
  const showMuted = async (areShown: boolean): Promise<void> => {
    source.showsMuted = areShown;
    await tree.draw();
    await setMutedShown(areShown);
  };
  tree.start();
  const following = mirror.onDidChange(({ changes }) => {
    if (changes === null || changes.some(({ kind }) => redrawing.has(kind))) tree.changed();
  });
  const comparing = drift.onDidChange(() => tree.changed());
  return {
    commands: {
      acknowledgeAlert: (row) => acknowledgeAlert(row, parts),
      hideMutedAlerts: () => showMuted(false),
      muteAlert: (row) => muteAlert(row, parts),
      showAlert: (row) => showAlert(row, parts),
      showAlertHistory: async ({ clusterId }) => {
        const cluster = await chooseCluster(clusterId, parts, t('Show Alert History'));
        await parts.answerPages.open({ kind: 'alerts', clusterId: cluster.clusterId });
      },
      showAlerts: async () => {
        await focusView('celeriac.alerts');
      },
      showMutedAlerts: () => showMuted(true),
      unmuteAlert: (row) => unmuteAlert(row, parts),
    },
    dispose: () => {
      following.dispose();
      comparing.dispose();
      tree.dispose();
    },
  };
};

const redrawing: ReadonlySet<string> = new Set(['alert', 'alertGone', 'verdict', 'link']);

const ranks: Readonly<Record<VerdictState, number>> = {
  unhealthy: 0,
  offline: 1,
  degraded: 2,
  waiting: 3,
  collecting: 4,
  connecting: 5,
  healthy: 6,
  disconnected: 7,
};

/** How each connection is, the worst first; then all alerts; then where code and workers differ. */
const rootsOf = ({ snapshots, drift, showsMuted }: AlertSource): readonly AlertNode[] => [
  ...[...snapshots.values()]
    .sort((a, b) => ranks[a.verdict.state] - ranks[b.verdict.state])
    .map(({ clusterId }) => ({ kind: 'verdict', clusterId }) as const),
  ...alertsOf(snapshots, Date.now(), showsMuted ? 'all' : 'open').map(
    ({ cluster: { clusterId }, alert: { id } }) => ({ kind: 'alert', clusterId, alertId: id }) as const,
  ),
  ...[...snapshots.values()]
    .filter(({ link }) => link.kind === 'live')
    .flatMap(({ clusterId }) => drift.of(clusterId).map((_, at) => ({ kind: 'drift', clusterId, at }) as const)),
];

const headingOf = ({ snapshots, showsMuted }: AlertSource): TreeTexts => {
  const muted = showsMuted ? 0 : alertsOf(snapshots, Date.now(), 'muted').length;
  return { description: muted > 0 ? t('{0} muted', muted) : '' };
};

/** Stale rows count seconds, all others minutes. */
const tickMs = 1_000;
const ticksWhileLive = 30;

const makeTicking = (snapshots: AlertSource['snapshots']): (() => boolean) => {
  let ticks = 0;
  return () => {
    ticks += 1;
    return ticks % ticksWhileLive === 0 || [...snapshots.values()].some(({ link }) => link.kind === 'lost');
  };
};

/** Leads to what an alert is about: a row of the Clusters view, or the page of a task. */
const showAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const chosen = await chooseAlert(row, parts, t('Go to Alert Source'));
  const place = alertPlace(chosen);
  await run('taskId' in place ? 'openTask' : 'revealInClusters', place);
};
