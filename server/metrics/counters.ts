import type { Family } from './exposition.ts';
import { Labelled } from './labelled.ts';

/** A counter for each set of label values. */
export class Counters {
  readonly name: string;
  private readonly help: string;
  private readonly cells: Labelled<{ count: number }>;

  constructor(name: string, help: string, labels: readonly string[], limit: number) {
    this.name = name;
    this.help = help;
    this.cells = new Labelled(labels, limit, () => ({ count: 0 }));
  }

  get overflowed(): number {
    return this.cells.overflowed;
  }

  /** `by` 0 makes the series visible before anything has happened, so that its first increase is seen as one. */
  add(values: readonly string[], by = 1): void {
    this.cells.at(...values).count += by;
  }

  family(): Family {
    const samples = this.cells.samples(({ count }, labels) => [{ labels, value: count }]);
    return { name: this.name, type: 'counter', help: this.help, samples };
  }
}
