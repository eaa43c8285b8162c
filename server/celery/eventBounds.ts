import { depthLimit, roomAfter, tooDeep } from './jsonBounds.ts';

/** Celery's events have at most some twenty. */
const mostFields = 256;
/** Far more than is kept of a text; tracebacks with a statement of SQL in them come near it. */
const largestField = 2 * 1024 * 1024;

/**
 * What makes an event too much to be taken in, or null. Nearly every event has nothing but short texts and numbers, so
 * that this costs a look at each; only a value that is an object or a list is looked into.
 */
export const eventExcess = (event: Readonly<Record<string, unknown>>): string | null => {
  let fields = 0;
  for (const name in event) {
    fields++;
    const value = event[name];
    if (typeof value === 'string') {
      if (value.length > largestField) return 'event field too large';
    } else if (typeof value === 'object' && value !== null) {
      const left = roomAfter(value, depthLimit - 1, largestField);
      if (left < 0) return left === tooDeep ? 'event nested too deeply' : 'event field too large';
    }
  }
  return fields > mostFields ? 'event with too many fields' : null;
};
