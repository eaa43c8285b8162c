import type { TestOutcome } from '../showTest.ts';

/** A test of a draft that goes on while other questions are asked. */
export interface RunningTest {
  /** Null: it is still running. */
  readonly outcome: TestOutcome | null;
  /** Calls once, when it is over; returns what takes that back. */
  onOver(listener: () => void): () => void;
}

export const startTest = (run: () => Promise<TestOutcome>): RunningTest => {
  let outcome: TestOutcome | null = null;
  const listeners = new Set<() => void>();
  const end = (found: TestOutcome): void => {
    outcome = found;
    for (const listener of [...listeners]) listener();
    listeners.clear();
  };
  run().then(end, (error: unknown) => end({ problem: error instanceof Error ? error.message : String(error) }));
  return {
    get outcome() {
      return outcome;
    },
    onOver(listener) {
      if (outcome !== null) listener();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
