import * as vscode from 'vscode';
import type { Mirror } from '../mirror.ts';
import { milestonesOf } from './milestones.ts';

/** Tells VS Code of each milestone, once it has been reached. */
export const followMilestones = (mirror: Mirror): { dispose(): void } => {
  const reached = new Set<string>();
  return mirror.onDidChange(() => {
    for (const [name, isReached] of Object.entries(milestonesOf(mirror.snapshots.values()))) {
      if (!isReached || reached.has(name)) continue;
      reached.add(name);
      void vscode.commands.executeCommand('setContext', `celeriac.${name}`, true);
    }
  });
};
