import { openWalkthrough } from './commands/run.ts';
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
  demo.clearLeftovers().catch((error) => parts.log.error('What a demo left could not be removed.', error));
  return {
    commands: {
      findBrokers: () => findBrokers(parts),
      openWalkthrough: () => openWalkthrough(`${parts.context.extension.id}#start`),
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
