import type { HealthFacts } from './facts.ts';
import { indexFacts } from './indexFacts.ts';
import { measureAdvice } from './measureAdvice.ts';
import { measureBroker } from './measureBroker.ts';
import type { Measurement } from './measurement.ts';
import { measureQueues } from './measureQueues.ts';
import { measureTasks } from './measureTasks.ts';
import { measureWorkers } from './measureWorkers.ts';

/** Every figure that a rule can be held against. */
export const measure = (known: HealthFacts): readonly Measurement[] => {
  const facts = indexFacts(known);
  return [
    ...measureWorkers(facts),
    ...measureQueues(facts),
    ...measureTasks(facts),
    ...measureBroker(facts),
    ...measureAdvice(facts),
  ];
};
