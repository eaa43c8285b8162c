import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../../server/api/health.ts';
import type { LinkState } from '../../../server/api/model.ts';
import { headlineOf } from '../../../server/api/verdictWords.ts';
import { type VerdictFacts, verdictOf } from '../../../server/health/verdict.ts';

const live: LinkState = { kind: 'live', since: 0, server: { product: 'Redis', version: null }, blocked: null };

const alert = (severity: Alert['severity'], parts: Partial<Alert> = {}): Alert => ({
  id: `${severity}:x`,
  rule: 'queueDepth',
  severity,
  subject: { kind: 'queue', name: 'x' },
  sentence: `It is ${severity}.`,
  recommendation: 'Do something.',
  figure: 1,
  threshold: 0,
  unit: 'count',
  since: 0,
  acknowledgedAt: null,
  mutedUntil: null,
  recovering: false,
  ...parts,
});

const judge = (parts: Partial<VerdictFacts> = {}) =>
  verdictOf({ now: 10_000, link: live, alerts: [], livingWorkers: 1, ...parts }, null);

test('critical is unhealthy, a warning is degraded, advice is healthy', () => {
  assert.equal(judge({ alerts: [alert('critical'), alert('warning')] }).level, 'unhealthy');
  assert.equal(judge({ alerts: [alert('warning')] }).level, 'degraded');
  assert.equal(judge({ alerts: [alert('info')] }).level, 'healthy');
  assert.deepEqual(judge().reasons, []);
});

test('the reasons are ordered by severity, then by how far and how long over the threshold, the whole cluster first', () => {
  const over = (id: string, figure: number, since: number) =>
    alert('warning', { id, figure, threshold: 100, unit: 'seconds', since });
  const { reasons } = judge({
    alerts: [
      over('younger', 150, 5),
      over('older', 150, 4),
      over('far', 400, 9),
      alert('critical'),
      alert('warning', { id: 'broker', subject: { kind: 'broker', name: '' }, figure: null, threshold: null }),
      alert('warning', { id: 'unconsumed', figure: 178, threshold: 0 }),
    ],
  });
  assert.deepEqual(
    reasons.map(({ alertId }) => alertId),
    ['critical:x', 'broker', 'unconsumed', 'far', 'older', 'younger'],
  );
  assert.equal(reasons[0]?.recommendation, 'Do something.');
});

test('an alert that is about to end is never the headline, however severe, and still counts for the level', () => {
  const ending = alert('critical', { id: 'ending', recovering: true });
  const verdict = judge({ alerts: [ending, alert('warning', { id: 'open' })] });
  assert.equal(verdict.level, 'unhealthy');
  assert.deepEqual(
    verdict.reasons.map(({ alertId, recovering }) => `${alertId} ${recovering}`),
    ['open false', 'ending true'],
  );
  assert.equal(headlineOf(verdict)?.alertId, 'open');
  assert.equal(headlineOf(judge({ alerts: [ending] })), null);
});

test('a muted alert does not count until its mute is over; an acknowledged one does', () => {
  assert.equal(judge({ alerts: [alert('critical', { mutedUntil: 10_001 })] }).level, 'healthy');
  assert.equal(judge({ alerts: [alert('critical', { mutedUntil: 10_000 })] }).level, 'unhealthy');
  assert.equal(judge({ alerts: [alert('critical', { acknowledgedAt: 1 })] }).level, 'unhealthy');
});

test('a cluster that is not known yet is connecting, offline, collecting or waiting, never bad', () => {
  const lost: LinkState = {
    kind: 'lost',
    since: 0,
    retryAt: 1,
    attempt: 1,
    reason: { code: 'brokerUnreachable', sentence: 'Connection refused there.' },
  };
  const unknowns = [
    judge({ link: lost, alerts: [alert('critical')] }),
    judge({ link: { kind: 'connecting', attempt: 1, since: 0 } }),
    judge({ livingWorkers: null }),
    judge({ livingWorkers: 0 }),
    judge({ link: { kind: 'disconnected' } }),
  ];
  for (const { level, reasons } of unknowns) assert.deepEqual([level, reasons.length], ['unknown', 1]);
  const states = unknowns.map(({ state }) => state);
  assert.deepEqual(states, ['offline', 'connecting', 'collecting', 'waiting', 'disconnected']);
  assert.equal(judge({ link: { kind: 'connecting', attempt: 2, since: 0 } }).state, 'offline');
  assert.equal(unknowns[2]?.reasons[0]?.sentence, 'Gathering figures…');
  assert.match(unknowns[0]?.reasons[0]?.sentence ?? '', /Connection refused there/);
});

test('since is when the word last changed', () => {
  const first = judge({ alerts: [alert('warning')] });
  const second = verdictOf(
    { now: 20_000, link: live, alerts: [alert('warning', { id: 'o' })], livingWorkers: 1 },
    first,
  );
  assert.equal(second.since, 10_000);
  assert.equal(verdictOf({ now: 30_000, link: live, alerts: [], livingWorkers: 1 }, second).since, 30_000);
});

test('thousands of alerts are a hundred reasons, and one that says how many more there are', () => {
  const alerts = Array.from({ length: 5_000 }, (_, index) => alert('warning', { id: `${index}` }));
  const { reasons } = judge({ alerts });
  assert.deepEqual([reasons.length, reasons.at(-1)?.sentence], [101, '4,900 more alerts.']);
});
