import * as vscode from 'vscode';
import { fieldOf } from '../commands/fieldOf.ts';
import type { Parts } from '../parts.ts';
import { type Milestones, milestonesOf } from './milestones.ts';

interface FollowedMilestones {
  /** Call it when the walkthrough has been opened. */
  shown(): Promise<void>;
  dispose(): void;
}

/**
 * Reports each milestone to VS Code when it is reached, and when it is lost again. VS Code never ticks a step whose key was
 * set when the walkthrough was opened; so the steps also wait for a key that is set right after.
 */
export const followMilestones = ({ context, mirror, surfaces }: Parts): FollowedMilestones => {
  const report: Readonly<Record<keyof Milestones, (isReached: boolean) => Promise<void>>> = {
    connected: surfaces.contextKey('celeriac.connected'),
    hasWorkers: surfaces.contextKey('celeriac.hasWorkers'),
    hasEvents: surfaces.contextKey('celeriac.hasEvents'),
  };
  const reportShown = surfaces.contextKey('celeriac.walkthroughShown');
  const names = Object.keys(report) as (keyof Milestones)[];
  let reported: Milestones = { connected: false, hasWorkers: false, hasEvents: false };
  const title = titleOf(context.extension.packageJSON);
  // VS Code names its tab by the page that it was opened on.
  const isWalkthrough = ({ input, label }: vscode.Tab): boolean =>
    input === undefined && (label === 'Welcome' || label.includes(title));
  const following = vscode.window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
    if ([...opened, ...changed].some(isWalkthrough)) void reportShown(true);
  });
  const listener = mirror.onDidChange(() => {
    const reached = milestonesOf(mirror.snapshots.values());
    for (const name of names) if (reached[name] !== reported[name]) void report[name](reached[name]);
    reported = reached;
  });
  return {
    shown: () => reportShown(true),
    dispose: () => vscode.Disposable.from(following, listener).dispose(),
  };
};

const noTitle = 'Get started with Celery';

/** As VS Code shows it, in the language of the window. */
const titleOf = (manifest: unknown): string => {
  const walkthroughs = fieldOf(fieldOf(manifest, 'contributes'), 'walkthroughs');
  const title = fieldOf(Array.isArray(walkthroughs) ? walkthroughs[0] : null, 'title');
  return typeof title === 'string' ? title : noTitle;
};
