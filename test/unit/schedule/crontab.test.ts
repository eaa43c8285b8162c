import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords } from '../../../server/api/phrase.ts';
import { readCrontab, readCrontabLine } from '../../../server/schedule/crontab.ts';
import { readCrontabField } from '../../../server/schedule/crontabField.ts';
import { crontabWords } from '../../../server/schedule/crontabWords.ts';
import { nextRuns } from '../../../server/schedule/nextRun.ts';
import { isZone } from '../../../server/schedule/wallTime.ts';

const words = (line: string): string | null => {
  const crontab = readCrontabLine(line);
  return crontab && inWords(crontabWords(crontab));
};

const runs = (line: string, zone: string, after: string, most: number): readonly string[] => {
  const crontab = readCrontabLine(line);
  assert.ok(crontab);
  return nextRuns(crontab, zone, Date.parse(after), most).map((at) => new Date(at).toISOString());
};

test('a field is read as Celery reads it', () => {
  assert.deepEqual(readCrontabField('22-4/3', 'hour'), [1, 4, 22]);
  assert.deepEqual(readCrontabField('fri-mon', 'dayOfWeek'), [0, 1, 5, 6]);
  assert.deepEqual(readCrontabField('*/10', 'dayOfMonth'), [1, 11, 21, 31]);
  assert.deepEqual(readCrontabField('june,Dec', 'monthOfYear'), [6, 12]);
  assert.deepEqual(readCrontabField('1-5?', 'minute'), [1, 2, 3, 4, 5]);
  assert.deepEqual(readCrontabField([30, 0, 30], 'minute'), [0, 30]);
  for (const refused of ['', '*/0', '*/', '1,,2', '-1', '60', 'L', '5/15', '1.5', '1-', '* '])
    assert.equal(readCrontabField(refused, 'minute'), null, refused);
  assert.equal(readCrontab({ dayOfMonth: 30, monthOfYear: 'feb' }), null);
  assert.equal(readCrontabLine('*  * * * *'), null);
});

test('a crontab is put into words', () => {
  const expected = {
    '30 4 * * mon': 'at 04:30 on Mondays',
    '30 4,16 * * *': 'at 04:30 and 16:30 every day',
    '* * * * *': 'every minute',
    '*/15 8-17 * * 1-5': 'every 15 minutes from 08:00 to 17:45 from Monday to Friday',
    '0 * * * *': 'every hour',
    '5,35 * * * sat,sun': 'every hour at :05 and :35 on Saturdays and Sundays',
    '0 */6 * * *': 'at 00:00, 06:00, 12:00 and 18:00 every day',
    '0 */2 * * *': 'every 2 hours',
    '10 */2 1 * *': 'every 2 hours at :10 on the 1st of the month',
    '0 0 25 12 *': 'at 00:00 on the 25th of the month in December',
    '0 12 13 * fri': 'at 12:00 on the 13th of the month if that is a Friday',
    '0 0 1-7 jan-mar *': 'at 00:00 from the 1st to the 7th of the month from January to March',
    '* 4 * * *': 'every minute from 04:00 to 04:59',
    '*/20 1,5,9 * * *': 'every 20 minutes in the hours that start at 01:00, 05:00 and 09:00',
    '*/7 * * * *': 'every hour at :00, :07, :14, :21, :28, :35, :42, :49 and :56',
    '1-59/2 * * * *': 'every hour at :01, :03, :05, :07, :09, :11, :13, :15, :17, :19 and 20 more',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((line) => [line, words(line)])), expected);
});

test('the next runs are counted on the clock on the wall, over the ends of summer time', () => {
  assert.deepEqual(runs('30 2 * * *', 'Europe/Berlin', '2026-03-28T03:00:00+01:00', 2), [
    '2026-03-29T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
  assert.deepEqual(runs('*/30 * * * *', 'Europe/Berlin', '2026-10-25T01:40:00+02:00', 3), [
    '2026-10-25T00:00:00.000Z',
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T02:00:00.000Z',
  ]);
  assert.deepEqual(runs('0 0 29 2 mon', 'UTC', '2026-01-15T00:00:00Z', 1), ['2044-02-29T00:00:00.000Z']);
});

test('a name that is no zone is none', () => {
  assert.equal(isZone('Europe/Berlin'), true);
  assert.equal(isZone('Mars/Olympus'), false);
});
