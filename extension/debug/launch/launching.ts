import * as vscode from 'vscode';
import type { Area, Parts } from '../../parts.ts';
import { debugWorker } from './debugWorker.ts';
import { startLaunchOffers } from './launchOffers.ts';
import { celeryType } from './offeredConfigurations.ts';
import { startRestartOnSave } from './restartOnSave.ts';
import { runTaskUnderDebugger } from './runTask.ts';

/** Workers and single tasks of the workspace's own code, started under the debugger. */
export const startLaunching = (parts: Parts): Area<'debugWorker' | 'runTaskUnderDebugger'> => {
  const registered = vscode.Disposable.from(startLaunchOffers(celeryType, parts), startRestartOnSave());
  return {
    commands: {
      debugWorker: (target) => debugWorker(target, parts),
      runTaskUnderDebugger: (target) => runTaskUnderDebugger(target, parts),
    },
    dispose: () => registered.dispose(),
  };
};
