import type { Parts } from '../parts.ts';
import { type Milestones, milestonesOf } from './milestones.ts';

/**
 * Tells VS Code of each milestone when it is reached, and when it is lost again: a walkthrough that is opened later ticks
 * its step only when that is reached once more.
 */
export const followMilestones = ({ mirror, surfaces }: Parts): { dispose(): void } => {
  const tell: Readonly<Record<keyof Milestones, (isReached: boolean) => Promise<void>>> = {
    connected: surfaces.contextKey('celeriac.connected'),
    hasWorkers: surfaces.contextKey('celeriac.hasWorkers'),
    hasEvents: surfaces.contextKey('celeriac.hasEvents'),
  };
  const names = Object.keys(tell) as (keyof Milestones)[];
  let told: Milestones = { connected: false, hasWorkers: false, hasEvents: false };
  return mirror.onDidChange(() => {
    const reached = milestonesOf(mirror.snapshots.values());
    for (const name of names) if (reached[name] !== told[name]) void tell[name](reached[name]);
    told = reached;
  });
};
