/** Work that can be left and gone on with: it stops wherever enough was done at once, and returns what came of it. */
export type Sliced<T> = Generator<void, T>;

/** So many texts at once take about as long as so many rows: each is made, covered and compared. */
export const textsAtOnce = 1_024;

/** So many rows at once take about a millisecond or two. */
export const rowsAtOnce = 32_768;

/** Calls for one part of the rows after the other. */
export function* byParts(count: number, work: (from: number, to: number) => void, atOnce = rowsAtOnce): Sliced<void> {
  for (let from = 0; from < count; from += atOnce) {
    work(from, Math.min(count, from + atOnce));
    yield;
  }
}

/** Does something with each, and pauses wherever there are more of them. */
export function* forEachOf<T>(items: Iterable<T>, work: (item: T) => void, most: number): Sliced<void> {
  let left = most;
  for (const item of items) {
    if (left-- === 0) {
      yield;
      left = most - 1;
    }
    work(item);
  }
}

/** All of it without a pause. */
export const atOnce = <T>(work: Sliced<T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};
