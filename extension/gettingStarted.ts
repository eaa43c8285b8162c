import { BrokerOffer } from './discovery/brokerOffer.ts';
import { findBrokers } from './discovery/findBrokers.ts';
import type { Area, Parts } from './parts.ts';

/** What leads somebody who has nothing yet to a living cluster in view. */
export const startGettingStarted = (parts: Parts): Area<'findBrokers'> => {
  const offer = new BrokerOffer(parts);
  offer.start();
  return {
    commands: { findBrokers: () => findBrokers(parts) },
    dispose: () => offer.dispose(),
  };
};
