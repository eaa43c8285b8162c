import * as vscode from 'vscode';
import type { Mirror } from '../mirror.ts';
import { milestonesOf } from './milestones.ts';

/**
 * Tells VS Code of each milestone when it is reached, and when it is lost again: a walkthrough that is opened later ticks
 * its step only when that is reached once more.
 */
export const followMilestones = (mirror: Mirror): { dispose(): void } => {
  const told = new Map<string, boolean>();
  return mirror.onDidChange(() => {
    for (const [name, isReached] of Object.entries(milestonesOf(mirror.snapshots.values()))) {
      if ((told.get(name) ?? false) === isReached) continue;
      told.set(name, isReached);
      void vscode.commands.executeCommand('setContext', `celeriac.${name}`, isReached);
    }
  });
};
