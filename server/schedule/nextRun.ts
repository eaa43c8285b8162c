import type { Crontab } from './crontab.ts';
import { momentOf, type WallMs, wallTime } from './wallTime.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A 29 February that is a Sunday comes each 28 years, and each 40 around a century. */
const furthestYears = 60;

/**
 * When a crontab is due after its last run (`celery/schedules.py: crontab.remaining_delta`): Celery counts on the clock on
 * the wall. In the hour that clocks repeat, that may be a moment that is over, and beat then sends at once. Null: never.
 */
export const nextRun = (crontab: Crontab, zone: string, lastRunMs: number): number | null => {
  const wall = nextWall(crontab, wallTime(lastRunMs, zone));
  return wall === null ? null : momentOf(wall, zone);
};

/** The next runs, each counted from the one before. */
export const nextRuns = (crontab: Crontab, zone: string, lastRunMs: number, most: number): readonly number[] => {
  const runs: number[] = [];
  for (let last: number | null = lastRunMs; runs.length < most; ) {
    last = nextRun(crontab, zone, last);
    if (last === null) break;
    runs.push(last);
  }
  return runs;
};

const nextWall = (crontab: Crontab, last: WallMs): WallMs | null => {
  const at = new Date(last);
  const today = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  if (isDay(crontab, at)) {
    const later = laterThatDay(crontab, at.getUTCHours(), at.getUTCMinutes());
    if (later !== null) return today + later;
  }
  const first = (crontab.hour[0] ?? 0) * hourMs + (crontab.minute[0] ?? 0) * minuteMs;
  const lastYear = at.getUTCFullYear() + furthestYears;
  const day = new Date(today);
  for (day.setUTCDate(day.getUTCDate() + 1); day.getUTCFullYear() <= lastYear; ) {
    if (!crontab.monthOfYear.includes(day.getUTCMonth() + 1)) day.setUTCMonth(day.getUTCMonth() + 1, 1);
    else if (isDay(crontab, day)) return day.getTime() + first;
    else day.setUTCDate(day.getUTCDate() + 1);
  }
  return null;
};

const isDay = ({ dayOfMonth, dayOfWeek, monthOfYear }: Crontab, day: Date): boolean =>
  monthOfYear.includes(day.getUTCMonth() + 1) &&
  dayOfMonth.includes(day.getUTCDate()) &&
  dayOfWeek.includes(day.getUTCDay());

/** In milliseconds from midnight. */
const laterThatDay = (crontab: Crontab, hour: number, minute: number): number | null => {
  const sameHour = crontab.hour.includes(hour) ? crontab.minute.find((each) => each > minute) : undefined;
  if (sameHour !== undefined) return hour * hourMs + sameHour * minuteMs;
  const laterHour = crontab.hour.find((each) => each > hour);
  return laterHour === undefined ? null : laterHour * hourMs + (crontab.minute[0] ?? 0) * minuteMs;
};
