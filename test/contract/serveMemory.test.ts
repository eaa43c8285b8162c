import assert from 'node:assert/strict';
import { floodServe } from './floodServe.ts';
import { labTest } from './labTest.ts';

labTest('serve in 256 MB lives through a flood of large failures and says what it let go of', async (lab) => {
  const memoryMb = 256;
  const { counters, isRunning, kills, peakBytes } = await floodServe(lab, {
    memoryMb,
    events: 3_000,
    eventBytes: 120_000,
  });
  assert.ok(isRunning);
  assert.equal(kills, 0);
  assert.ok(peakBytes <= memoryMb * 1024 * 1024);
  assert.ok(counters.events > 0 && (counters.stores['longTexts']?.evicted ?? 0) > 0, JSON.stringify(counters.stores));
});
