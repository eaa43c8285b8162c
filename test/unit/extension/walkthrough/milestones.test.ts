import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milestonesOf } from '../../../../extension/walkthrough/milestones.ts';
import { aSnapshot, aWorker, someCounters } from '../../aSnapshot.ts';

test('a step is done when a connection shows it, not before', () => {
  const none = { connected: false, hasWorkers: false, hasEvents: false };
  assert.deepEqual(milestonesOf([]), none);
  const workers = { one: aWorker() };
  assert.deepEqual(milestonesOf([aSnapshot({ workers, link: { kind: 'disconnected' } })]), none);
  const counters = someCounters({ tasks: 0 });
  assert.deepEqual(milestonesOf([aSnapshot({ counters })]), { ...none, connected: true });
  assert.deepEqual(milestonesOf([aSnapshot({ counters, workers })]), { ...none, connected: true, hasWorkers: true });
  assert.equal(milestonesOf([aSnapshot({ workers })]).hasEvents, true);
  const late = { one: aWorker({ status: 'lost' }) };
  assert.equal(milestonesOf([aSnapshot({ workers: late })]).hasWorkers, false);
});
