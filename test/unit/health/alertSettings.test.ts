import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHealthRules } from '../../../extension/connections/readHealthRules.ts';
import { AlertBook } from '../../../server/health/alertBook.ts';
import { ruleNames } from '../../../server/health/ruleTable.ts';
import { thresholdsOf } from '../../../server/health/thresholds.ts';
import { declaredSettings } from '../readManifest.ts';

const prefix = 'celeriac.alerts.';

test('the settings as they stand change no threshold', () => {
  const declared: Record<string, { default: unknown }> = declaredSettings();
  const written = Object.fromEntries(ruleNames.map((name) => [name, declared[`${prefix}${name}`]?.default]));
  assert.deepEqual(thresholdsOf(readHealthRules(written)), thresholdsOf({}));
});

test('what is no figure is left out, the rest stays', () => {
  const read = readHealthRules({
    queueDepth: { warning: '10', critical: 50, criticalAfterSeconds: -1, enabled: 'no', other: 3 },
    longTask: { enabled: false },
    noWorkers: null,
    capacity: 7,
  });
  assert.deepEqual(read, { queueDepth: { critical: 50 }, longTask: { enabled: false }, noWorkers: {}, capacity: {} });
  assert.deepEqual([readHealthRules(undefined), readHealthRules('rubbish'), readHealthRules([1])], [{}, {}, {}]);
  assert.doesNotThrow(() => new AlertBook({ settings: read }));
});
