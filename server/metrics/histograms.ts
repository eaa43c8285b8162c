import type { Family, Labels, Sample } from './exposition.ts';
import { Labelled } from './labelled.ts';

interface Cell {
  readonly buckets: number[];
  sum: number;
  count: number;
}

/** A histogram for each set of label values. */
export class Histograms {
  readonly name: string;
  private readonly help: string;
  private readonly bounds: readonly number[];
  private readonly cells: Labelled<Cell>;

  /** `bounds` ascend; the last bucket, without an end, is added. */
  constructor(name: string, help: string, labels: readonly string[], bounds: readonly number[], limit: number) {
    this.name = name;
    this.help = help;
    this.bounds = bounds;
    this.cells = new Labelled(labels, limit, () => ({ buckets: bounds.map(() => 0), sum: 0, count: 0 }));
  }

  get overflowed(): number {
    return this.cells.overflowed;
  }

  observe(values: readonly string[], seconds: number): void {
    if (!(seconds >= 0)) return;
    const cell = this.cells.at(...values);
    cell.count += 1;
    cell.sum += seconds;
    const index = this.bounds.findIndex((bound) => seconds <= bound);
    if (index >= 0) cell.buckets[index] = (cell.buckets[index] ?? 0) + 1;
  }

  family(): Family {
    const samples = this.cells.samples((cell, labels) => this.samplesOf(cell, labels));
    return { name: this.name, type: 'histogram', help: this.help, samples };
  }

  private samplesOf(cell: Cell, labels: Labels): Sample[] {
    let below = 0;
    const buckets = this.bounds.map((bound, index): Sample => {
      below += cell.buckets[index] ?? 0;
      return { suffix: '_bucket', labels: [...labels, ['le', boundText(bound)]], value: below };
    });
    return [
      ...buckets,
      { suffix: '_bucket', labels: [...labels, ['le', '+Inf']], value: cell.count },
      { suffix: '_sum', labels, value: cell.sum },
      { suffix: '_count', labels, value: cell.count },
    ];
  }
}

/** OpenMetrics wants a point in every bound, and Python's client writes one too. */
const boundText = (bound: number): string => (Number.isInteger(bound) ? `${bound}.0` : String(bound));
