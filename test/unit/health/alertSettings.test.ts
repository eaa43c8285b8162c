import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHealthRules } from '../../../extension/connections/readHealthRules.ts';
import { AlertBook } from '../../../server/health/alertBook.ts';
import type { HealthRule } from '../../../server/health/rule.ts';
import { ruleNames, ruleTable } from '../../../server/health/ruleTable.ts';
import { thresholdsOf } from '../../../server/health/thresholds.ts';
import { readManifest } from '../readManifest.ts';

const manifest = readManifest();
const prefix = 'celeriac.alerts.';

/** The setting of a rule, as the manifest has to declare it. */
const settingOf = ({ watches, levels, unit }: HealthRule): object => {
  const figures = levels.flatMap(({ severity, above, forSeconds }) => [
    ...(unit === 'none' ? [] : [[severity, above] as const]),
    [`${severity}AfterSeconds`, forSeconds] as const,
  ]);
  const schema = figures.map(
    ([key]) => [key, { type: 'number', minimum: 0, description: meaningOf(key, unit) }] as const,
  );
  return {
    type: 'object',
    scope: 'window',
    order: 100,
    description: `${watches}.`,
    additionalProperties: false,
    properties: {
      enabled: { type: 'boolean', description: 'Whether this is watched.' },
      ...Object.fromEntries(schema),
    },
    default: { enabled: true, ...Object.fromEntries(figures) },
  };
};

const meaningOf = (key: string, unit: string): string =>
  key.endsWith('AfterSeconds')
    ? `How many seconds it must last for ${severityOf(key.replace('AfterSeconds', ''))}.`
    : `${unit === 'share' ? 'As a share of 1: above' : 'Above'} this it is ${severityOf(key)}.`;

const severityOf = (severity: string): string =>
  severity === 'info' ? 'a piece of advice' : severity === 'warning' ? 'a warning' : 'critical';

test('the manifest has a setting for each health rule, with the figures of the rule, and no other', () => {
  const declared: Record<string, object> = manifest.contributes.configuration.properties;
  const settings = Object.fromEntries(Object.entries(declared).filter(([name]) => name.startsWith(prefix)));
  const wanted = Object.fromEntries(ruleNames.map((name) => [`${prefix}${name}`, settingOf(ruleTable[name])]));
  assert.deepEqual(settings, wanted);
});

test('the settings as they stand change no threshold', () => {
  const declared: Record<string, { default: unknown }> = manifest.contributes.configuration.properties;
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
