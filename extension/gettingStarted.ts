import { focusView, openWalkthrough, run } from './commands/run.ts';
import { DemoCluster } from './demo/demoCluster.ts';
import { BrokerOffer } from './discovery/brokerOffer.ts';
import { findBrokers } from './discovery/findBrokers.ts';
import type { Area, Parts } from './parts.ts';
import { followMilestones } from './walkthrough/followMilestones.ts';

type StartCommand = 'findBrokers' | 'openWalkthrough' | 'startDemoCluster' | 'stopDemoCluster';

/** What leads somebody who has nothing yet to a living cluster in view. */
export const startGettingStarted = (parts: Parts): Area<StartCommand> => {
  const offer = new BrokerOffer(parts);
  const demo = new DemoCluster(parts);
  const milestones = followMilestones(parts);
  offer.start();
  if (process.env.CELERIAC_START_PAGE === 'dashboard') void openAtStart(parts);
  demo.clearLeftovers().catch((error) => parts.log.error('What a demo left could not be removed.', error));
  return {
    commands: {
      findBrokers: () => findBrokers(parts),
      openWalkthrough: async () => {
        await openWalkthrough(`${parts.context.extension.id}#start`);
        await milestones.shown();
      },
      startDemoCluster: () => demo.start(),
      stopDemoCluster: () => demo.stop(),
    },
    dispose: () => {
      milestones.dispose();
      demo.dispose();
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
