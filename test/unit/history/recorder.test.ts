import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { HistoryChannel, HistoryMethod } from '../../../server/history/historyChannel.ts';
import { Notices } from '../../../server/history/notices.ts';
import { Recorder } from '../../../server/history/recorder.ts';
import type { EndedBatch } from '../../../server/state/rows/endedBatch.ts';
import { makeState, t0, taskEvent } from '../state/someEvents.ts';

/** A disk in the hands of the test: each call waits until it is answered. */
const makeDisk = () => {
  const calls: { method: HistoryMethod; size: number; answer: (error?: Error) => void }[] = [];
  const call = (method: HistoryMethod, ...args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const size = method === 'saveTasks' ? (args[0] as EndedBatch).size : 0;
      const saved = { written: size, odd: [] };
      const answer = (error?: Error): void => (error ? reject(error) : resolve(saved));
      if (method === 'tidy') answer();
      else calls.push({ method, size, answer });
    });
  const channel: HistoryChannel = { call: call as HistoryChannel['call'], close: async () => undefined };
  return { calls, channel };
};

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const makeRecorder = (maxTasks = 200_000) => {
  const disk = makeDisk();
  const clock = { now: t0 * 1000 };
  const now = (): number => clock.now;
  const notices = new Notices(() => undefined, now);
  const state = makeState(maxTasks);
  const recorder = new Recorder(state, () => [], { channel: disk.channel, notices, now });
  let ended = 0;
  const end = (count: number): void => {
    for (let index = 0; index < count; index++) state.apply(taskEvent('succeeded', ended++, 0), clock.now);
  };
  const said = (): string => notices.all.map(({ sentence }) => sentence).join(' ');
  return { ...disk, clock, recorder, end, said };
};

const locked = new CeleriacError('timeout', 'The history is locked.');

describe('the recorder', () => {
  it('writes each second, and earlier when much has gathered', () => {
    const { recorder, calls, end } = makeRecorder();
    end(10);
    recorder.progressed();
    assert.equal(calls.length, 0);
    recorder.tick();
    assert.deepEqual(
      calls.map(({ size }) => size),
      [10],
    );
    const busy = makeRecorder();
    busy.end(8_000);
    busy.recorder.progressed();
    assert.deepEqual(
      busy.calls.map(({ size }) => size),
      [8_000],
    );
  });

  it('writes one batch at a time; what comes meanwhile goes together', async () => {
    const { recorder, calls, end } = makeRecorder();
    end(10);
    recorder.tick();
    end(20);
    recorder.tick();
    end(30);
    recorder.tick();
    assert.equal(calls.length, 1);
    calls[0]?.answer();
    await settle();
    recorder.tick();
    assert.deepEqual(
      calls.map(({ size }) => size),
      [10, 50],
    );
    calls[1]?.answer();
    await settle();
    assert.deepEqual([recorder.written, recorder.dropped], [60, 0]);
  });

  it('offers again what the disk refused, later and later, and loses nothing', async () => {
    const { recorder, calls, end, clock, said } = makeRecorder();
    end(10);
    const tries: number[] = [];
    for (let second = 0; second < 120; second++) {
      recorder.tick();
      const call = calls.shift();
      if (call) tries.push(second);
      call?.answer(locked);
      await settle();
      clock.now += 1000;
    }
    assert.deepEqual(tries.slice(0, 5), [0, 1, 3, 7, 15]);
    assert.ok(tries.length < 10);
    assert.match(said(), /^The history is locked\.$/);
    end(5);
    clock.now += 60_000;
    recorder.tick();
    assert.equal(calls.at(-1)?.size, 10);
    for (let tick = 0; tick < 9; tick++) {
      calls.pop()?.answer();
      await settle();
      recorder.tick();
    }
    assert.deepEqual([recorder.written, recorder.dropped], [15, 0]);
  });

  it('drops the oldest when the disk does not keep up for long, counts them and says so', () => {
    const { recorder, calls, end, said } = makeRecorder();
    end(10);
    recorder.tick();
    end(65_536 + 500);
    recorder.tick();
    assert.equal(calls.length, 1);
    assert.equal(recorder.dropped, 500);
    assert.match(said(), /is too slow: 500 finished tasks are missing/);
  });

  it('gives up what no disk would take, and counts it, so that the rest can go on', async () => {
    const { recorder, calls, end, clock } = makeRecorder();
    end(10);
    recorder.tick();
    calls[0]?.answer(new Error('a defect'));
    await settle();
    end(3);
    clock.now += 2_000;
    recorder.tick();
    assert.equal(calls[1]?.size, 3);
    assert.equal(recorder.dropped, 10);
  });

  it('writes all that is left when it stops', async () => {
    const { recorder, calls, end } = makeRecorder();
    end(40_000);
    const stopped = recorder.stop();
    for (let turn = 0; turn < 20; turn++) {
      await settle();
      calls.shift()?.answer();
    }
    await stopped;
    assert.equal(recorder.written, 40_000);
  });

  it('tries once more at once when it stops after a refusal', async () => {
    const { recorder, calls, end } = makeRecorder();
    end(10);
    recorder.tick();
    calls.shift()?.answer(locked);
    await settle();
    const stopped = recorder.stop();
    for (let turn = 0; turn < 5; turn++) {
      await settle();
      calls.shift()?.answer();
    }
    await stopped;
    assert.equal(recorder.written, 10);
  });

  it('stops although the disk refuses, and says what is missing', async () => {
    const { recorder, calls, end, said } = makeRecorder();
    end(10);
    const stopped = recorder.stop();
    await settle();
    calls.shift()?.answer(locked);
    await stopped;
    assert.match(said(), /10 finished tasks could not be written/);
  });

  it('hands over each minute when it is over', async () => {
    const { recorder, calls, end, clock } = makeRecorder();
    end(1);
    const methods: string[] = [];
    for (let second = 0; second < 130; second++) {
      recorder.tick();
      for (let turn = 0; turn < 3; turn++) {
        const call = calls.shift();
        if (call) methods.push(`${second} ${call.method}`);
        call?.answer();
        await settle();
      }
      clock.now += 1000;
    }
    assert.deepEqual(methods, ['0 saveTasks', '65 saveMinutes', '125 saveMinutes']);
  });
});
