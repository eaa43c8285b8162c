import assert from 'node:assert/strict';
import { floodServe } from '../contract/floodServe.ts';
import { labTest } from '../contract/labTest.ts';

labTest('serve in 256 MB never dies under a gigabyte of large events', async (lab) => {
  const memoryMb = 256;
  const { counters, isRunning, kills } = await floodServe(lab, { memoryMb, events: 10_000, eventBytes: 120_000 });
  assert.ok(isRunning);
  assert.equal(kills, 0);
  for (const [store, { bytes, limit }] of Object.entries(counters.stores))
    assert.ok(bytes <= 1.25 * limit, `${store}: ${bytes} of ${limit}`);
});
