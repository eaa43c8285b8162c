/** A date and a time of day as a clock on the wall shows them, as milliseconds of a day that knows no zones. */
export type WallMs = number;

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 zones. */
const mostFormats = 100;

/** Null: there is no zone of that name. */
const formatOf = (zone: string): Intl.DateTimeFormat | null => {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    if (formats.size >= mostFormats) formats.clear();
    formats.set(zone, made);
    return made;
  } catch {
    return null;
  }
};

export const isZone = (zone: string): boolean => formatOf(zone) !== null;

/** What the clocks of a zone show at a moment. */
export const wallTime = (atMs: number, zone: string): WallMs => {
  const parts = new Map<string, number>();
  for (const { type, value } of formatOf(zone)?.formatToParts(atMs) ?? []) parts.set(type, Number(value));
  const part = (name: string): number => parts.get(name) ?? 0;
  const whole = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return whole + (((atMs % 1000) + 1000) % 1000);
};

/**
 * When the clocks of a zone show this, as Python's `datetime` has it: the first of two such moments; and for a time that is
 * skipped, as if the clocks had not been put forward.
 */
export const momentOf = (wall: WallMs, zone: string): number => {
  const offsetAt = (atMs: number): number => wallTime(atMs, zone) - atMs;
  const before = offsetAt(wall - dayMs);
  if (offsetAt(wall - before) === before) return wall - before;
  const after = offsetAt(wall + dayMs);
  return offsetAt(wall - after) === after ? wall - after : wall - before;
};
