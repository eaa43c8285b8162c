import { type Phrase, phrase } from '../api/phrase.ts';
import { type Crontab, isEvery } from './crontab.ts';

/** When a crontab is due: "at 04:30 on Mondays", "every 15 minutes from 08:00 to 17:45 in December". */
export const crontabWords = (crontab: Crontab): Phrase =>
  [daysOf(crontab), monthsOf(crontab)].reduce<Phrase>(
    (before, next) => (next ? phrase('crontab.join', { before, next }) : before),
    timeOf(crontab),
  );

/** More times than this are said hour by hour. */
const mostTimes = 6;
/** More numbers than this are not listed. */
const mostListed = 12;

const timeOf = (crontab: Crontab): Phrase => {
  const { minute, hour } = crontab;
  const each = minutesOf(crontab);
  if (isEvery(crontab, 'hour')) return each;
  const isOften = isEvery(crontab, 'minute') || stepOf(minute, 60) !== null;
  if (!isOften && minute.length * hour.length <= mostTimes) return phrase('crontab.at', { times: timesOf(crontab) });
  const every = stepOf(hour, 24);
  const [only] = minute;
  if (every !== null && only !== undefined && minute.length === 1)
    return only === 0
      ? phrase('crontab.everyHours', { n: every })
      : phrase('crontab.everyHoursAt', { n: every, minutes: pastHour(only) });
  const [first, last] = [hour[0] ?? 0, hour.at(-1) ?? 0];
  if (last - first === hour.length - 1)
    return phrase('crontab.between', {
      each,
      from: clock(first, minute[0] ?? 0),
      to: clock(last, minute.at(-1) ?? 0),
    });
  return phrase('crontab.inHours', {
    each,
    hours: listOf(
      hour.map((value) => plain(clock(value, 0))),
      'and',
    ),
  });
};

const minutesOf = (crontab: Crontab): Phrase => {
  const { minute } = crontab;
  if (isEvery(crontab, 'minute')) return phrase('crontab.everyMinute');
  const step = stepOf(minute, 60);
  if (step !== null) return phrase('crontab.everyMinutes', { n: step });
  if (minute.length === 1 && minute[0] === 0) return phrase('crontab.everyHour');
  return phrase('crontab.everyHourAt', {
    minutes: listOf(
      minute.map((each) => plain(pastHour(each))),
      'and',
    ),
  });
};

/** For 0, 15, 30, 45 it is 15: the step that goes through the whole without a gap at its end. */
const stepOf = (numbers: readonly number[], whole: number): number | null => {
  const [first, second] = numbers;
  if (first !== 0 || second === undefined || whole % second !== 0 || numbers.length !== whole / second) return null;
  return numbers.every((each, at) => each === at * second) ? second : null;
};

const timesOf = ({ hour, minute }: Crontab): Phrase =>
  listOf(
    hour.flatMap((hours) => minute.map((minutes) => plain(clock(hours, minutes)))),
    'and',
  );

const daysOf = (crontab: Crontab): Phrase | null => {
  const { dayOfMonth, dayOfWeek } = crontab;
  const isEveryDate = isEvery(crontab, 'dayOfMonth');
  if (isEvery(crontab, 'dayOfWeek')) {
    if (!isEveryDate) return datesOf(dayOfMonth);
    return isAtTimes(crontab) ? phrase('crontab.everyDay') : null;
  }
  const mondayFirst = dayOfWeek.map((day) => (day === 0 ? 7 : day)).sort((a, b) => a - b);
  if (!isEveryDate) {
    const days = listOf(
      mondayFirst.map((day) => phrase(dayCodes[day % 7] ?? 'crontab.sunday')),
      'or',
    );
    return phrase('crontab.datesIfDay', { dates: datesOf(dayOfMonth), days });
  }
  const [first = 1, last = 1] = [mondayFirst[0], mondayFirst.at(-1)];
  if (mondayFirst.length > 2 && last - first === mondayFirst.length - 1)
    return phrase('crontab.range', {
      from: phrase(dayCodes[first % 7] ?? 'crontab.sunday'),
      to: phrase(dayCodes[last % 7] ?? 'crontab.sunday'),
    });
  const days = listOf(
    mondayFirst.map((day) => phrase(daysCodes[day % 7] ?? 'crontab.sundays')),
    'and',
  );
  return phrase('crontab.onDays', { days });
};

const isAtTimes = (crontab: Crontab): boolean => timeOf(crontab).code === 'crontab.at';

const datesOf = (dates: readonly number[]): Phrase => {
  const [first = 1, last = 1] = [dates[0], dates.at(-1)];
  if (dates.length > 2 && last - first === dates.length - 1)
    return phrase('crontab.dateRange', { from: ordinal(first), to: ordinal(last) });
  return phrase('crontab.onDates', { dates: listOf(dates.map(ordinal), 'and') });
};

const monthsOf = (crontab: Crontab): Phrase | null => {
  const { monthOfYear } = crontab;
  if (isEvery(crontab, 'monthOfYear')) return null;
  const names = monthOfYear.map((month) => phrase(monthCodes[month - 1] ?? 'crontab.january'));
  const [from, to] = [names[0], names.at(-1)];
  const isRange = names.length > 2 && (monthOfYear.at(-1) ?? 0) - (monthOfYear[0] ?? 0) === names.length - 1;
  if (isRange && from && to) return phrase('crontab.range', { from, to });
  return phrase('crontab.inMonths', { months: listOf(names, 'and') });
};

const ordinal = (date: number): Phrase => {
  const last = date % 10;
  const isTeen = date > 10 && date < 14;
  if (last === 1 && !isTeen) return phrase('crontab.first', { date: String(date) });
  if (last === 2 && !isTeen) return phrase('crontab.second', { date: String(date) });
  if (last === 3 && !isTeen) return phrase('crontab.third', { date: String(date) });
  return phrase('crontab.nth', { date: String(date) });
};

const listOf = (items: readonly Phrase[], word: 'and' | 'or'): Phrase => {
  const isLong = items.length > mostListed;
  const listed = isLong ? items.slice(0, mostListed - 2) : items.slice(0, -1);
  const last = isLong ? phrase('crontab.more', { n: items.length - listed.length }) : items.at(-1);
  const [first, ...others] = listed;
  if (!last) return plain('');
  if (!first) return last;
  const before = others.reduce<Phrase>((all, next) => phrase('crontab.comma', { all, next }), first);
  return phrase(word === 'and' ? 'crontab.and' : 'crontab.or', { before, last });
};

const plain = (text: string): Phrase => phrase('plain', { text });
const twoDigits = (value: number): string => String(value).padStart(2, '0');
const clock = (hour: number, minute: number): string => `${twoDigits(hour)}:${twoDigits(minute)}`;
const pastHour = (minute: number): string => `:${twoDigits(minute)}`;

const dayCodes = [
  'crontab.sunday',
  'crontab.monday',
  'crontab.tuesday',
  'crontab.wednesday',
  'crontab.thursday',
  'crontab.friday',
  'crontab.saturday',
] as const;

const daysCodes = [
  'crontab.sundays',
  'crontab.mondays',
  'crontab.tuesdays',
  'crontab.wednesdays',
  'crontab.thursdays',
  'crontab.fridays',
  'crontab.saturdays',
] as const;

const monthCodes = [
  'crontab.january',
  'crontab.february',
  'crontab.march',
  'crontab.april',
  'crontab.may',
  'crontab.june',
  'crontab.july',
  'crontab.august',
  'crontab.september',
  'crontab.october',
  'crontab.november',
  'crontab.december',
] as const;
