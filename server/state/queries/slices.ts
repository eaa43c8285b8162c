/** Work that can be left and gone on with: it stops wherever enough was done at once, and returns what came of it. */
export type Sliced<T> = Generator<void, T>;

/** So many rows at once take about a millisecond or two. */
const rowsAtOnce = 32_768;

/** Calls for one part of the rows after the other. */
export function* byParts(count: number, work: (from: number, to: number) => void): Sliced<void> {
  for (let from = 0; from < count; from += rowsAtOnce) {
    work(from, Math.min(count, from + rowsAtOnce));
    yield;
  }
}

/** All of it without a pause. */
export const atOnce = <T>(work: Sliced<T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};
