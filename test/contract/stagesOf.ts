import assert from 'node:assert/strict';
import type { ConnectionTest, TestStage } from '../../server/api/connectionTest.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { testConnection } from '../../server/connectionTest/testConnection.ts';

const order: readonly TestStage[] = ['dns', 'tcp', 'tls', 'auth', 'place', 'events', 'ping'];

/** Tests a connection, and checks what holds for every test: all stages, in order, within the time. */
export const stagesOf = async (config: ConnectionConfig): Promise<ConnectionTest> => {
  const test = await testConnection(config, Date.now);
  assert.deepEqual(
    test.stages.map(({ stage }) => stage),
    order,
  );
  assert.ok(test.tookMs < 12_000, `it took ${test.tookMs} ms`);
  return test;
};

/** The test ends at this stage with such a sentence; whatever comes after it was not tried. */
export const endsAt = async (config: ConnectionConfig, stage: TestStage, sentence: RegExp): Promise<void> => {
  const { stages } = await stagesOf(config);
  const failed = stages.find(({ outcome }) => outcome === 'failed');
  assert.equal(failed?.stage, stage, JSON.stringify(stages, null, 1));
  assert.match(failed?.sentence ?? '', sentence);
  for (const later of stages.slice(order.indexOf(stage) + 1)) assert.equal(later.outcome, 'skipped', later.stage);
};
