import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import { it, type TestContext } from 'node:test';
import { HistoryFile } from '../../../server/history/historyFile.ts';
import { openLocalChannel } from '../../../server/history/localChannel.ts';
import { Notices } from '../../../server/history/notices.ts';
import { Recorder } from '../../../server/history/recorder.ts';
import { usualRetention } from '../../../server/history/retention.ts';
import { type EndedBatch, numbersPerTask, wordsPerTask } from '../../../server/state/rows/endedBatch.ts';
import { idOf, makeState, t0, taskEvent } from '../state/someEvents.ts';
import { tempFolder } from './somethingKept.ts';

const inputWord = 15;
const eventNumber = 9;
const uuidAtTheVeryEnd = [0, 0, 0, 0, (5 << 3) | 3, 16];

/** The texts of this task are cut off in the middle of an id. */
const makeUnreadable = (batch: EndedBatch, index: number): EndedBatch => {
  batch.words[index * wordsPerTask + inputWord] = batch.bytes.length;
  return { ...batch, bytes: Uint8Array.from([...batch.bytes, ...uuidAtTheVeryEnd]) };
};

/** No row may be without the time of its last event. */
const makeUnwritable = (batch: EndedBatch, index: number): EndedBatch => {
  batch.numbers[index * numbersPerTask + eventNumber] = Number.NaN;
  return batch;
};

/** A recorder on a real file, whose batches are spoilt on their way. */
const recorded = async (t: TestContext, spoil: (batch: EndedBatch) => EndedBatch) => {
  const now = (): number => t0 * 1000;
  const said: string[] = [];
  const notices = new Notices((sentence) => said.push(sentence), now);
  const [notice, opened] = [(): void => undefined, (): void => undefined];
  const path = join(tempFolder(t), 'h.sqlite');
  const file = new HistoryFile(sqlite, { path, busyMs: 50, retention: usualRetention, now, notice, opened });
  const saveTasks = file.saveTasks.bind(file);
  file.saveTasks = (batch) => saveTasks(spoil(batch));
  t.after(() => file.close());
  const state = makeState(5_000);
  const recorder = new Recorder(state, () => [], { channel: openLocalChannel(file), notices, now });
  for (let index = 0; index < 2_001; index++)
    state.apply(taskEvent('succeeded', index, 0, { args: '()', root_id: idOf(1) }), t0 * 1000);
  await recorder.stop();
  const page = file.queryTasks({ limit: 1 });
  return { recorder, said, held: page.held, has: (index: number) => file.task(idOf(index)) !== null };
};

it('one task that cannot be read costs the history that task and no other', async (t) => {
  const { recorder, said, held, has } = await recorded(t, (batch) => makeUnreadable(batch, 900));
  assert.deepEqual([held, recorder.written, recorder.dropped], [2_000, 2_000, 1]);
  assert.deepEqual([has(899), has(900), has(901)], [true, false, true]);
  assert.match(said.join('\n'), /^1 finished task could not be written .* without a readable id: /);
});

it('one task that cannot be written costs the history that task and no other, and is named', async (t) => {
  const { recorder, said, held, has } = await recorded(t, (batch) => makeUnwritable(batch, 900));
  assert.deepEqual([held, recorder.written, recorder.dropped], [2_000, 2_000, 1]);
  assert.deepEqual([has(899), has(900), has(901)], [true, false, true]);
  assert.match(said.join('\n'), new RegExp(`^1 finished task could not be written .* ${idOf(900)}: NOT NULL`));
});

it('what the history cannot write is not blamed on the disk', async (t) => {
  const { recorder, said } = await recorded(t, () => {
    throw new TypeError('no such thing');
  });
  assert.equal(recorder.dropped, 2_001);
  assert.match(said.join('\n'), /2001 finished tasks could not be written to the history/);
  assert.doesNotMatch(said.join('\n'), /disk/);
});
