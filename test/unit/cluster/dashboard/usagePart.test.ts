import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usagePart } from '../../../../server/cluster/dashboard/usagePart.ts';
import { Surveyor } from '../../../../server/cluster/surveyor.ts';
import { UsageSeries } from '../../../../server/state/figures/usageSeries.ts';

const minute = 60_000;
const t0 = 1_800_000_000_000;
const everyName = (): boolean => true;

test('of what workers use up, those that use most are drawn, and the others counted', () => {
  const series = new UsageSeries();
  for (let index = 0; index < 10; index++)
    for (let at = 0; at < 5; at++)
      series.note(`w${index}`, { cpuShare: index / 10, memoryBytes: 1e6 * (20 - index) }, t0 + at * minute);
  const part = usagePart(series, everyName, t0, t0 + 5 * minute - 1);
  assert.deepEqual(
    [part.cpu, part.memory].map((lines) => lines.map(({ name }) => name)),
    [
      ['w9', 'w8', 'w7', 'w6', 'w5', 'w4'],
      ['w0', 'w1', 'w2', 'w3', 'w4', 'w5'],
    ],
  );
  assert.equal(part.others, 4);
  assert.deepEqual(part.memory[0]?.values, new Array(5).fill(20e6));
  const one = usagePart(series, (name) => name === 'w3', t0, t0 + minute);
  assert.deepEqual([one.cpu.map(({ name }) => name), one.others], [['w3'], 0]);
});

test('a minute without an answer shows the one before, a longer silence is a gap, and a long step its highest', () => {
  const series = new UsageSeries();
  for (const at of [0, 2, 6]) series.note('w', { cpuShare: null, memoryBytes: 1 + at }, t0 + at * minute);
  const steps = { from: t0, stepSeconds: 60, count: 8 };
  assert.deepEqual(series.read('w', 'memory', steps), [1, 1, 3, 3, null, null, 7, 7]);
  assert.deepEqual(series.read('w', 'cpu', steps), new Array(8).fill(null));
  assert.deepEqual(series.read('w', 'memory', { from: t0, stepSeconds: 300, count: 2 }), [3, 7]);
  const week = usagePart(series, everyName, t0 - 7 * 24 * 60 * minute, t0 + 6 * minute);
  assert.ok(week.stepSeconds === 3_600 && (week.memory[0]?.values.length ?? 0) <= 170);
  assert.equal(week.memory[0]?.values.at(-1), 7);
});

test('a day is kept of at most two hundred workers', () => {
  const series = new UsageSeries();
  for (let index = 0; index < 300; index++) series.note(`w${index}`, { cpuShare: 1, memoryBytes: 1 }, t0);
  assert.equal(series.names.length, 200);
  series.note('late', { cpuShare: 1, memoryBytes: 1 }, t0 + 61 * minute);
  assert.ok(series.names.includes('late') && !series.names.includes('w0'));
  series.note('w1', { cpuShare: 1, memoryBytes: 5 }, t0 + 1_440 * minute);
  assert.deepEqual(series.read('w1', 'memory', { from: t0, stepSeconds: 60, count: 1 }), [null]);
});

test('what a worker says of itself when it is asked is kept over time', async () => {
  let now = t0;
  let cpu = 10;
  const surveyor = new Surveyor({ workers: () => new Map(), now: () => now });
  const answer = (value: unknown) => ({ replies: [{ kind: 'answered', hostname: 'w@a', value }] }) as never;
  const operations = {
    overview: async () => null as never,
    workerNames: async () => null,
    ask: async ({ method }: { readonly method: string }) =>
      answer(method === 'stats' ? { pid: 1, rusage: { maxrss: 2_048, utime: cpu, stime: 0 } } : []),
  };
  await surveyor.readWorkers(operations);
  [now, cpu] = [t0 + minute, 40];
  await surveyor.readWorkers(operations);
  const steps = { from: t0, stepSeconds: 60, count: 2 };
  assert.deepEqual(surveyor.usage.read('w@a', 'cpu', steps), [null, 0.5]);
  assert.deepEqual(surveyor.usage.read('w@a', 'memory', steps), [2_097_152, 2_097_152]);
});
