import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sliced } from '../state/queries/slices.ts';

/** As long as the intake works at once: half the time of a frame. */
const sliceMs = 8;

/** Does long work a little at a time, so that events, heartbeats and other questions have their turn in between. */
export const inSlices = async <T>(work: Sliced<T>): Promise<T> => {
  let until = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await nextTurn();
    until = performance.now() + sliceMs;
  }
};
