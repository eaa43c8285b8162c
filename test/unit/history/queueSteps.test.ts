import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueueSeries } from '../../../server/state/figures/queueSeries.ts';
import { makeState } from '../state/someEvents.ts';
import { open, tempFolder } from './somethingKept.ts';

const hourMs = 3_600_000;
const now = 1_800_000_000_000;

/** A backend that reads the depth of its queues every minute for so many hours until `end`. */
const live = async (folder: string, end: number, hours: number, depth: (minute: number) => number) => {
  const clock = { now: end - hours * hourMs };
  const history = await open(folder, { now: () => clock.now });
  const series = new QueueSeries();
  series.restore(await history.queueSteps());
  const recording = history.record(makeState(), (at) => series.minute(at));
  for (let minute = 0; clock.now < end; minute++) {
    series.note('emails', depth(minute), clock.now);
    recording.tick();
    clock.now += 60_000;
  }
  await recording.stop();
  await history.close();
};

const seriesAt = async (folder: string, at: number): Promise<QueueSeries> => {
  const history = await open(folder, { now: () => at });
  const series = new QueueSeries();
  series.restore(await history.queueSteps());
  await history.close();
  return series;
};

test('how full a queue was is known again after a restart, by the minute and for days', async (t) => {
  const folder = tempFolder(t);
  await live(folder, now - 24 * hourMs, 1, (minute) => 1_000 + minute);
  await live(folder, now, 1, (minute) => minute);
  const series = await seriesAt(folder, now);
  assert.deepEqual(series.names, ['emails']);
  const minutes = series.read('emails', 60, now / 60_000 - 4, 4);
  assert.deepEqual(minutes, [56, 57, 58, 59]);
  const quarters = series.read('emails', 900, (now - 25 * hourMs) / 900_000, 4);
  assert.deepEqual(quarters, [1_014, 1_029, 1_044, 1_059]);
  const tens = series.read('emails', 10, (now - 60_000) / 10_000, 6);
  assert.deepEqual(tens, [59, 59, 59, 59, 59, 59]);
});

test('what is older than seven days is deleted', async (t) => {
  const folder = tempFolder(t);
  await live(folder, now - 8 * 24 * hourMs, 1, () => 5);
  await live(folder, now, 1, () => 7);
  const kept = await open(folder, { now: () => now - 7.5 * 24 * hourMs });
  assert.deepEqual(await kept.queueSteps(), []);
  await kept.close();
});

test('of two windows that read a queue the one that saw more is believed', async (t) => {
  const folder = tempFolder(t);
  await live(folder, now, 1, () => 7);
  await live(folder, now, 1, () => 3);
  const series = await seriesAt(folder, now);
  assert.deepEqual(series.read('emails', 60, now / 60_000 - 2, 2), [7, 7]);
});

test('of very many queues the fullest are kept', () => {
  const series = new QueueSeries();
  for (let index = 0; index < 120; index++) series.note(`q${index}`, index, now);
  const kept = series.minute(now);
  assert.deepEqual([kept.length, kept[0]?.name, kept.at(-1)?.name], [50, 'q119', 'q70']);
});
