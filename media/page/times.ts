const two = (value: number): string => String(value).padStart(2, '0');

const timeOf = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** A time of day, with its day where a span is longer than one. */
export const clock = (at: number, spanMs = 0): string => {
  const date = new Date(at);
  const time = timeOf(date);
  if (spanMs > 36 * 3_600_000) return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${time.slice(0, 5)}`;
  return spanMs > 1_800_000 ? time.slice(0, 5) : time;
};

/** `14:02:10.123`, and the day before it where it is not the day of `now`. */
export const moment = (at: number, now: number): string => {
  const date = new Date(at);
  const time = `${timeOf(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
};
