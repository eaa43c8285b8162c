import { startAlertsView } from './alerts/alertsView.ts';
import { startAnswering } from './answers/answering.ts';
import { startClustersView } from './clusters/clustersView.ts';
import { startCodeIntelligence } from './codeIntelligence/codeIntelligence.ts';
import { startCodeProblems } from './codeProblems/codeProblems.ts';
import { startConnectionCommands } from './connections/connectionCommands.ts';
import { startControlling } from './control/controlling.ts';
import { startDashboards } from './dashboard/dashboards.ts';
import { startDebugging } from './debug/debugging.ts';
import { startFailuresView } from './failures/failuresView.ts';
import { startGettingStarted } from './gettingStarted.ts';
import { startGoToCode } from './goToCode/goToCode.ts';
import { startInspecting } from './inspect/inspecting.ts';
import { startLinks } from './links/links.ts';
import { startNotifications } from './notifications/notifying.ts';
import { startQueueCommands } from './queues/queueCommands.ts';
import { startTasksView } from './recentTasks/tasksView.ts';
import { startRetrying } from './retry/retrying.ts';
import { startSending } from './sendTask/sending.ts';
import { startUpkeep } from './startUpkeep.ts';
import { startStatusBar } from './statusBar/statusBar.ts';
import { startTaskExport } from './taskExport/exportTasks.ts';
import { startTaskPages } from './taskPage/taskPages.ts';
import { startTaskCommands } from './tasks/taskCommands.ts';
import { startThreads } from './threads/threads.ts';

/** Everything that the extension brings, in the order in which it starts. */
export const areas = [
  startClustersView,
  startFailuresView,
  startAlertsView,
  startTasksView,
  startStatusBar,
  startConnectionCommands,
  startGettingStarted,
  startLinks,
  startDashboards,
  startTaskPages,
  startAnswering,
  startInspecting,
  startControlling,
  startQueueCommands,
  startSending,
  startTaskCommands,
  startThreads,
  startRetrying,
  startTaskExport,
  startGoToCode,
  startCodeProblems,
  startCodeIntelligence,
  startDebugging,
  startNotifications,
  startUpkeep,
] as const;
