import * as vscode from 'vscode';
import type { Area, Parts } from '../../parts.ts';
import { startLaunchOffers } from './launchOffers.ts';
import { celeryType } from './offeredConfigurations.ts';
import { startRestartOnSave } from './restartOnSave.ts';

const late = () => import('../../late.ts');

/** Workers and single tasks of the workspace's own code, started under the debugger. */
export const startLaunching = (parts: Parts): Area<'debugWorker' | 'runTaskUnderDebugger'> => {
  const registered = vscode.Disposable.from(startLaunchOffers(celeryType, parts), startRestartOnSave());
  return {
    commands: {
      debugWorker: async (target) => (await late()).debugWorker(target, parts),
      runTaskUnderDebugger: async (target) => (await late()).runTaskUnderDebugger(target, parts),
    },
    dispose: () => registered.dispose(),
  };
};
