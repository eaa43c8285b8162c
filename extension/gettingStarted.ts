import { focusView, openWalkthrough, run } from './commands/run.ts';
import { demoFolderOf } from './demo/demoStaff.ts';
import { BrokerOffer } from './discovery/brokerOffer.ts';
import type { Area, Parts } from './parts.ts';
import { followMilestones } from './walkthrough/followMilestones.ts';

/** What leads somebody who has nothing yet to a living cluster in view. */
export const startGettingStarted = (parts: Parts): Area<'openWalkthrough'> => {
  const offer = new BrokerOffer(parts);
  const milestones = followMilestones(parts);
  offer.start();
  if (process.env.CELERIAC_START_PAGE === 'dashboard') void openAtStart(parts);
  void clearDemo(parts);
  return {
    commands: {
      openWalkthrough: async () => {
        await openWalkthrough(`${parts.context.extension.id}#start`);
        await milestones.shown();
      },
    },
    dispose: () => {
      milestones.dispose();
      offer.dispose();
    },
  };
};

/** For start scripts: the window opens on what there is to see. */
const openAtStart = async ({ connections, log, mirror }: Parts): Promise<void> => {
  try {
    await connections.firstOpened;
    await focusView('celeriac.clusters');
    if (mirror.snapshots.size > 0) await run('openDashboard');
  } catch (error) {
    log.error('The dashboard could not be opened.', error);
  }
};

/** What a demo left behind whose window was ended from outside. */
const clearDemo = async (parts: Parts): Promise<void> => {
  if (!parts.connections.listed.some(({ setting }) => demoFolderOf(setting) !== null)) return;
  try {
    await (await import('./late.ts')).clearLeftovers(parts);
  } catch (error) {
    parts.log.error('What a demo left could not be removed.', error);
  }
};
