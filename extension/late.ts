import { startConnectionCommands } from './connections/connectionCommands.ts';
import { startControlling } from './control/controlling.ts';
import { startDemo } from './demo/demo.ts';
import { startFindingBrokers } from './discovery/findBrokers.ts';
import { startGoToCode } from './goToCode/goToCode.ts';
import { startInspecting } from './inspect/inspecting.ts';
import { startQueueCommands } from './queues/queueCommands.ts';
import { startRetrying } from './retry/retrying.ts';
import { startSending } from './sendTask/sending.ts';
import { startTaskExport } from './taskExport/exportTasks.ts';
import { startTaskCommands } from './tasks/taskCommands.ts';

/** What only commands need. It is a part of the bundle of its own, loaded by the first command or debug session that needs it. */
export const lateAreas = [
  startConnectionCommands,
  startDemo,
  startFindingBrokers,
  startInspecting,
  startControlling,
  startQueueCommands,
  startSending,
  startTaskCommands,
  startRetrying,
  startTaskExport,
  startGoToCode,
] as const;

export { askPlace } from './debug/askPlace.ts';
export { beforeAttach } from './debug/beforeAttach.ts';
export { findAdapterPython } from './debug/debugpy/adapterPython.ts';
export { attachConfiguration, attachDebugger } from './debug/debugpy/attachDebugger.ts';
export { isComplete, toDebugpy } from './debug/debugpy/toDebugpy.ts';
export { enterRdb } from './debug/enterRdb.ts';
export { completeLaunch } from './debug/launch/completeLaunch.ts';
export { debugWorker } from './debug/launch/debugWorker.ts';
export { runTaskUnderDebugger } from './debug/launch/runTask.ts';
export { RdbSession } from './debug/rdb/rdbSession.ts';
export { RdbTerminal } from './debug/rdbTerminal.ts';
export { clearLeftovers } from './demo/clearLeftovers.ts';
