import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../../../server/api/health.ts';
import type { LinkState } from '../../../server/api/model.ts';
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

test('the reasons are the alerts, the worst and then the oldest first', () => {
  const { reasons } = judge({
    alerts: [alert('warning', { id: 'b', since: 5 }), alert('warning', { id: 'a', since: 4 }), alert('critical')],
  });
  assert.deepEqual(
    reasons.map(({ alertId }) => alertId),
    ['critical:x', 'a', 'b'],
  );
  assert.equal(reasons[0]?.recommendation, 'Do something.');
});

test('a muted alert does not count until its mute is over; an acknowledged one does', () => {
  assert.equal(judge({ alerts: [alert('critical', { mutedUntil: 10_001 })] }).level, 'healthy');
  assert.equal(judge({ alerts: [alert('critical', { mutedUntil: 10_000 })] }).level, 'unhealthy');
  assert.equal(judge({ alerts: [alert('critical', { acknowledgedAt: 1 })] }).level, 'unhealthy');
});

test('without a connection, before anybody was asked, and without a worker nothing can be said, and why', () => {
  const lost: LinkState = {
    kind: 'lost',
    since: 0,
    retryAt: 1,
    attempt: 1,
    reason: { code: 'brokerUnreachable', sentence: 'Nothing listens there.' },
  };
  const unknowns = [
    judge({ link: lost, alerts: [alert('critical')] }),
    judge({ link: { kind: 'connecting', attempt: 1, since: 0 } }),
    judge({ livingWorkers: null }),
    judge({ livingWorkers: 0 }),
  ];
  for (const { level, reasons } of unknowns) assert.deepEqual([level, reasons.length], ['unknown', 1]);
  assert.match(unknowns[0]?.reasons[0]?.sentence ?? '', /Nothing listens there/);
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
