import type { CeleryEvent } from './event.ts';
import { eventExcess } from './eventBounds.ts';

/** ECMAScript's last date, in seconds; a later time could not even be shown. */
const lastSecond = 8.64e12;
const longestType = 200;
const longestHostname = 1000;

/** What keeps `value` from being an event, or null when it is one. */
export const eventDefect = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const { type, hostname, timestamp } = value as Partial<CeleryEvent>;
  if (typeof type !== 'string' || type === '') return 'event without a type';
  if (type.length > longestType) return 'event type too long';
  if (typeof hostname !== 'string' || hostname === '') return 'event without a hostname';
  // Hostnames become keys of plain objects on their way to the views.
  if (hostname.length > longestHostname || hostname === '__proto__') return 'event with an unusable hostname';
  if (typeof timestamp !== 'number') return 'event without a timestamp';
  if (!(timestamp >= 0 && timestamp <= lastSecond)) return 'event with an impossible timestamp';
  return eventExcess(value as CeleryEvent);
};
