import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sliced } from '../state/queries/slices.ts';

/** As long as the intake works at once: half the time of a frame. */
const sliceMs = 8;

/**
 * Does long work a little at a time, so that events, heartbeats and other questions have their turn in between. Work that
 * nobody wants any more is left between two slices; then there is no result.
 */
export async function inSlices<T>(work: Sliced<T>): Promise<T>;
export async function inSlices<T>(work: Sliced<T>, isWanted: () => boolean): Promise<T | undefined>;
export async function inSlices<T>(work: Sliced<T>, isWanted = () => true): Promise<T | undefined> {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await nextTurn();
    if (!isWanted()) return undefined;
    until = performance.now() + sliceMs;
  }
}
