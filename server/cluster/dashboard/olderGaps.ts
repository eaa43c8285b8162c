import type { Gap } from '../../api/model.ts';
import type { Series } from '../../api/tasks.ts';

const minuteMs = 60_000;
/** A window that is closed and opened again is no gap to speak of. */
const shortestMinutes = 2;
const mostGaps = 20;
const reason = 'Celeriac did not run, so nothing was heard.';

/** When nobody listened, between the first minute that the history knows and the engine's own beginning; the latest of them. */
export const olderGaps = ({ from, points }: Series, until: number): readonly Gap[] => {
  const known = (points.workersOnline ?? []).map((value) => value !== null);
  const count = Math.min(known.length, Math.ceil((until - from) / minuteMs));
  const gaps: Gap[] = [];
  let lastKnown = known.indexOf(true);
  if (lastKnown < 0) return [];
  for (let minute = lastKnown + 1; minute <= count; minute++) {
    const isEnd = minute === count;
    if (!isEnd && !known[minute]) continue;
    if (minute - lastKnown - 1 >= shortestMinutes) {
      const to = isEnd ? until : from + minute * minuteMs;
      gaps.push({ from: from + (lastKnown + 1) * minuteMs, to, cause: 'notRunning', reason });
    }
    lastKnown = minute;
  }
  return gaps.slice(-mostGaps);
};
