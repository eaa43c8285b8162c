import { atOnce, type Sliced } from '../state/queries/slices.ts';
import type { HealthFacts } from './facts.ts';
import { indexFacts } from './indexFacts.ts';
import { measureAdvice } from './measureAdvice.ts';
import { measureBroker } from './measureBroker.ts';
import type { Measurement } from './measurement.ts';
import { measureQueues } from './measureQueues.ts';
import { measureTasks } from './measureTasks.ts';
import { measureWorkers } from './measureWorkers.ts';

/** Every figure that a rule can be held against. */
export const measure = (facts: HealthFacts): readonly Measurement[] => atOnce(measureInSlices(facts));

export function* measureInSlices(known: HealthFacts): Sliced<readonly Measurement[]> {
  const found: Measurement[] = [];
  const facts = indexFacts(known);
  const note = (measurements: readonly Measurement[]): void => {
    for (const each of measurements) found.push(each);
  };
  yield* measureWorkers(facts, note);
  yield* measureQueues(facts, note);
  yield* measureTasks(facts, note);
  note(measureBroker(facts));
  yield* measureAdvice(facts, note);
  return found;
}
