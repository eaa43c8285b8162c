import { t } from '@vscode/l10n';
import type { RowTarget } from '../commands/rowTarget.ts';
import { focusView, run } from '../commands/run.ts';
import type { Area, Parts } from '../parts.ts';
import { MirrorTree } from '../views/mirrorTree.ts';
import { acknowledgeAlert, chooseAlert, muteAlert, unmuteAlert } from './alertCommands.ts';
import { AlertHistory } from './alertHistory.ts';
import { alertPlace } from './alertPlace.ts';
import { alertRows } from './alertRows.ts';

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
  const tree = new MirrorTree('celeriac.alerts', parts, alertRows(parts.mirror));
  const history = new AlertHistory(parts);
  tree.start();
  history.start();
  return {
    commands: {
      acknowledgeAlert: (row) => acknowledgeAlert(row, parts),
      hideMutedAlerts: () => tree.showMuted(false),
      muteAlert: (row) => muteAlert(row, parts),
      showAlert: (row) => showAlert(row, parts),
      showAlertHistory: (row) => history.open(row),
      showAlerts: async () => {
        await focusView('celeriac.alerts');
      },
      showMutedAlerts: () => tree.showMuted(true),
      unmuteAlert: (row) => unmuteAlert(row, parts),
    },
    dispose: () => {
      tree.dispose();
      history.dispose();
    },
  };
};

/** Leads to what an alert is about. */
const showAlert = async (row: RowTarget, parts: Parts): Promise<void> => {
  const chosen = await chooseAlert(row, parts, t('Show What an Alert Is About'));
  const place = alertPlace(chosen);
  await run('taskId' in place ? 'openTask' : 'revealInClusters', place);
};
