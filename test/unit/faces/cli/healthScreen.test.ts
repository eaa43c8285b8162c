import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert, Check } from '../../../../server/api/health.ts';
import { healthJson } from '../../../../server/faces/cli/healthJson.ts';
import { healthScreen } from '../../../../server/faces/cli/healthScreen.ts';
import type { HealthView } from '../../../../server/faces/cli/healthView.ts';

const aCheck = (parts: Partial<Check>): Check => ({
  rule: 'queueDepth',
  watches: 'Messages waiting in a queue',
  needs: 'now',
  isOn: true,
  subjects: 1,
  raised: null,
  worst: '3',
  limit: '1,000',
  ...parts,
});

const advice: Alert = {
  id: 'noResultBackend:',
  rule: 'noResultBackend',
  severity: 'info',
  subject: { kind: 'cluster', name: '' },
  sentence: 'One worker has no result backend.',
  recommendation: 'Set one.',
  figure: null,
  threshold: null,
  unit: 'none',
  since: 0,
  acknowledgedAt: null,
  mutedUntil: null,
  recovering: false,
};

const view = (parts: Partial<HealthView> = {}): HealthView => ({
  maskedUrl: 'redis://h/0',
  seconds: null,
  verdict: {
    level: 'unhealthy',
    state: 'unhealthy',
    since: 0,
    reasons: [
      {
        severity: 'critical',
        recovering: false,
        sentence: 'No workers are online.',
        recommendation: 'Start one.',
        alertId: 'noWorkers:',
      },
    ],
  },
  alerts: [advice],
  checks: [
    aCheck({}),
    aCheck({ rule: 'failureRate', needs: 'time', subjects: 0, worst: null }),
    aCheck({ rule: 'clockDrift', needs: 'time' }),
    aCheck({ rule: 'deadLetters', isOn: false }),
    aCheck({ rule: 'longTask', subjects: 0, worst: null }),
  ],
  ...parts,
});

const screen = (given: HealthView, isVerbose = false): string[] =>
  healthScreen(given, { width: 100, paint: (_style, text) => text, isVerbose });

test('says the verdict, why, what to do, and what one look cannot show', () => {
  assert.deepEqual(screen(view()), [
    'redis://h/0 · Unhealthy',
    '  critical  No workers are online.',
    '            Start one.',
    'One piece of advice hidden: use --verbose.',
    'A single check cannot measure rates and durations (2 rules): use --seconds N to listen first.',
  ]);
});

test('after listening it says only what there was too little of', () => {
  assert.deepEqual(screen(view({ seconds: 60, alerts: [] })).slice(-1), [
    'Not enough data for 1 rule; use --verbose to list them.',
  ]);
});

test('with --verbose every rule has a line that says how it was judged', () => {
  const lines = screen(view(), true);
  assert.ok(lines.includes('  advice    One worker has no result backend.'));
  const stateOf = (rule: string) =>
    lines
      .find((line) => line.startsWith(rule))
      ?.slice(13, 24)
      .trim();
  assert.deepEqual(['queueDepth', 'failureRate', 'clockDrift', 'deadLetters', 'longTask'].map(stateOf), [
    'well',
    'not judged',
    'not judged',
    'off',
    'none',
  ]);
});

test('a cluster that is not known yet says so without a severity', () => {
  const verdict: HealthView['verdict'] = {
    level: 'unknown',
    since: 0,
    state: 'collecting',
    reasons: [
      { severity: 'info', recovering: false, sentence: 'Gathering figures…', recommendation: 'Wait.', alertId: null },
    ],
  };
  assert.deepEqual(screen(view({ verdict })).slice(0, 3), [
    'redis://h/0 · Collecting…',
    '  Gathering figures…',
    '  Wait.',
  ]);
});

test('as JSON: level, reasons, advice and the rules that could not be judged', () => {
  const json: Record<string, unknown> = { ...healthJson(view()) };
  assert.deepEqual([json['level'], json['state']], ['unhealthy', 'unhealthy']);
  assert.deepEqual(json['notJudged'], ['failureRate', 'clockDrift']);
  assert.deepEqual(json['advice'], [
    { alertId: 'noResultBackend:', sentence: 'One worker has no result backend.', recommendation: 'Set one.' },
  ]);
});
