import { startAlertsView } from './alerts/alertsView.ts';
import { startAnswering } from './answers/answering.ts';
import { startClustersView } from './clusters/clustersView.ts';
import { startCodeIntelligence } from './codeIntelligence/codeIntelligence.ts';
import { startCodePages } from './codePages/codePages.ts';
import { startCodeProblems } from './codeProblems/codeProblems.ts';
import { startDashboards } from './dashboard/dashboards.ts';
import { startDebugging } from './debug/debugging.ts';
import { startFailuresView } from './failures/failuresView.ts';
import { startGettingStarted } from './gettingStarted.ts';
import { startLinks } from './links/links.ts';
import { startNotifications } from './notifications/notifying.ts';
import { startTasksView } from './recentTasks/tasksView.ts';
import { startUpkeep } from './startUpkeep.ts';
import { startStatusBar } from './statusBar/statusBar.ts';
import { startTaskPages } from './taskPage/taskPages.ts';
import { startThreads } from './threads/threads.ts';

/** What shows or watches something, in the order in which it starts; what only commands need is in `late.ts`. */
export const areas = [
  startClustersView,
  startFailuresView,
  startAlertsView,
  startTasksView,
  startStatusBar,
  startGettingStarted,
  startLinks,
  startDashboards,
  startTaskPages,
  startAnswering,
  startThreads,
  startCodeProblems,
  startCodePages,
  startCodeIntelligence,
  startDebugging,
  startNotifications,
  startUpkeep,
] as const;
