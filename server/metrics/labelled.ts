import type { Labels, Sample } from './exposition.ts';

/** What stands for every label value beyond the limit. */
const otherLabel = 'other';

/**
 * Cells by their label values, at most `limit` of them: whatever comes after that goes to one cell whose labels all say
 * "other", so that a task name made from user input cannot fill the memory of whoever scrapes.
 */
export class Labelled<T> {
  private readonly cells = new Map<string, { readonly values: readonly string[]; readonly cell: T }>();
  private readonly names: readonly string[];
  private readonly limit: number;
  private readonly make: () => T;
  /** How often the limit was in the way. */
  overflowed = 0;

  constructor(names: readonly string[], limit: number, make: () => T) {
    this.names = names;
    this.limit = limit;
    this.make = make;
  }

  at(...values: readonly string[]): T {
    const known = this.cells.get(values.join('\u0000'));
    if (known) return known.cell;
    if (this.cells.size < this.limit) return this.add(values);
    this.overflowed += 1;
    const others = values.map(() => otherLabel);
    return this.cells.get(others.join('\u0000'))?.cell ?? this.add(others);
  }

  /** Each time they are gone through, as they are then. */
  samples(read: (cell: T, labels: Labels) => readonly Sample[]): Iterable<Sample> {
    return { [Symbol.iterator]: () => this.read(read) };
  }

  private *read(read: (cell: T, labels: Labels) => readonly Sample[]): Generator<Sample> {
    for (const { values, cell } of this.cells.values()) yield* read(cell, this.labelsOf(values));
  }

  private labelsOf(values: readonly string[]): Labels {
    return this.names.map((name, index) => [name, values[index] ?? ''] as const);
  }

  private add(values: readonly string[]): T {
    const cell = this.make();
    this.cells.set(values.join('\u0000'), { values, cell });
    return cell;
  }
}
