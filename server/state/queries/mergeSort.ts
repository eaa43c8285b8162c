import type { Sliced } from './slices.ts';

/** So many are put in order at once; comparing two costs about as much as reading a text. */
const atOnce = 1_024;

/** Puts items in order a little at a time, keeping equal ones as they stand. */
export function* mergeSort<T>(items: readonly T[], compare: (a: T, b: T) => number): Sliced<T[]> {
  let from: T[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    for (const item of items.slice(at, at + atOnce).sort(compare)) from.push(item);
    yield;
  }
  for (let width = atOnce; width < from.length; width *= 2) {
    const merged: T[] = [];
    for (let at = 0; at < from.length; at += 2 * width) {
      const middle = Math.min(at + width, from.length);
      yield* merge(from, { left: at, middle, end: Math.min(at + 2 * width, from.length) }, compare, merged);
    }
    from = merged;
  }
  return from;
}

interface Runs {
  readonly left: number;
  readonly middle: number;
  readonly end: number;
}

function* merge<T>(from: readonly T[], runs: Runs, compare: (a: T, b: T) => number, into: T[]): Sliced<void> {
  let { left, middle: right } = runs;
  while (left < runs.middle || right < runs.end) {
    const isLeft = right >= runs.end || (left < runs.middle && compare(from[left] as T, from[right] as T) <= 0);
    into.push(from[isLeft ? left++ : right++] as T);
    if (into.length % atOnce === 0) yield;
  }
}
