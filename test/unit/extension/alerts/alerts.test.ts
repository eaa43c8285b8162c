import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alert, alertLook, recommendation, sentence } from '../../../../extension/alerts/alert.ts';
import { alertHistoryText } from '../../../../extension/alerts/alertHistoryText.ts';
import { alertPlace } from '../../../../extension/alerts/alertPlace.ts';
import { alertsOf } from '../../../../extension/alerts/alertsOf.ts';
import { alertTitle, titledRules } from '../../../../extension/alerts/alertTitle.ts';
import { emptyAlerts } from '../../../../extension/alerts/emptyAlerts.ts';
import type { Alert } from '../../../../server/api/health.ts';
import { ruleNames } from '../../../../server/health/ruleTable.ts';
import { aSnapshot } from '../../aSnapshot.ts';

const now = 2_000_000;

const anAlert = (parts: Partial<Alert> = {}): Alert => ({
  id: 'queueDepth emails',
  rule: 'queueDepth',
  severity: 'warning',
  subject: { kind: 'queue', name: 'emails' },
  sentence: '1,204 messages wait in emails, more than 1,000.',
  recommendation: 'Start more workers for emails.',
  figure: 1_204,
  threshold: 1_000,
  unit: 'count',
  since: now - 180_000,
  acknowledgedAt: null,
  mutedUntil: null,
  recovering: false,
  ...parts,
});

const withAlerts = (...alerts: readonly Alert[]) =>
  new Map([['orders', aSnapshot({ alerts: Object.fromEntries(alerts.map((alert) => [alert.id, alert])) })]]);

test('the worst alert comes first, and what somebody has taken note of last', () => {
  const snapshots = withAlerts(
    anAlert({ id: 'a', severity: 'info' }),
    anAlert({ id: 'b', severity: 'critical', acknowledgedAt: 1 }),
    anAlert({ id: 'c', severity: 'critical' }),
    anAlert({ id: 'd' }),
  );
  assert.deepEqual(
    alertsOf(snapshots, now, 'open').map(({ alert }) => alert.id),
    ['c', 'd', 'a', 'b'],
  );
});

test('a muted alert is hidden until its time is over', () => {
  const snapshots = withAlerts(anAlert({ id: 'a', mutedUntil: now + 1 }), anAlert({ id: 'b', mutedUntil: now }));
  assert.deepEqual(
    alertsOf(snapshots, now, 'open').map(({ alert }) => alert.id),
    ['b'],
  );
  assert.equal(alertsOf(snapshots, now, 'muted').length, 1);
});

test('the row of an alert says in few words what is the matter, how bad it is and for how long; its tooltip says it all', () => {
  const view = alertLook(anAlert(), aSnapshot(), now, false);
  assert.equal(view.label, 'Backlog: emails');
  assert.equal(view.description, '1,204, limit 1,000 · warning · for 3 m');
  assert.equal(view.icon, 'warning');
  assert.match(view.tooltip().join('\n'), /^1,204 messages wait in emails, more than 1,000\./);
  assert.match(view.tooltip().join('\n'), /Now 1,204, the threshold is 1,000/);
  assert.match(view.tooltip().join('\n'), /Start more workers/);
});

test('below an alert stand its whole sentence and what to do', () => {
  const node = { kind: 'alert', clusterId: 'orders', alertId: 'a' } as const;
  const sourceOf = (parts: Partial<Alert>) => ({
    snapshots: withAlerts(anAlert({ id: 'a', ...parts })),
    showsMuted: false,
  });
  const kinds = (parts: Partial<Alert>) => alert.children?.(node, sourceOf(parts)).map(({ kind }) => kind);
  assert.deepEqual(kinds({}), ['sentence', 'recommendation']);
  assert.deepEqual(kinds({ recommendation: '' }), ['sentence']);
  assert.equal(sentence.look({ ...node, kind: 'sentence' }, sourceOf({}), now).label, anAlert().sentence);
  const below = { ...node, kind: 'recommendation' } as const;
  assert.equal(recommendation.look(below, sourceOf({}), now).label, anAlert().recommendation);
  assert.deepEqual(recommendation.parent?.(below, sourceOf({})), node);
});

test('every rule has a title that is read in a narrow sidebar, and a long id is cut', () => {
  assert.deepEqual([...titledRules].sort(), [...ruleNames].sort());
  for (const rule of titledRules)
    assert.ok(alertTitle({ rule, subject: { kind: 'cluster', name: '' }, sentence: '' }).length <= 26, rule);
  const subject = { kind: 'task', name: '3f2a1b2c-0000-4000-8000-000000000001' } as const;
  assert.equal(alertTitle(anAlert({ rule: 'longTask', subject })), 'Runs long: 3f2a1b2c');
  assert.equal(alertTitle(anAlert({ rule: 'ruleOfTomorrow' })), anAlert().sentence);
});

test('an acknowledged and muted alert says both', () => {
  const view = alertLook(anAlert({ acknowledgedAt: 1, mutedUntil: now * 10 ** 6 }), aSnapshot(), now, true);
  assert.equal(view.description, '1,204, limit 1,000 · warning · for 3 m · acknowledged · muted · orders');
  assert.equal(view.contextValue, 'alert;muted');
});

test('figures carry their unit', () => {
  const tooltip = (parts: Partial<Alert>) => alertLook(anAlert(parts), aSnapshot(), now, false).tooltip().join('\n');
  assert.match(tooltip({ figure: 0.071, threshold: 0.05, unit: 'share' }), /Now 7\.1%, the threshold is 5%/);
  assert.match(tooltip({ figure: 75, threshold: 60, unit: 'seconds' }), /Now 1 m 15 s, the threshold is 1 m/);
  assert.match(tooltip({ figure: 524_288_000, threshold: 1, unit: 'bytes' }), /Now 500 MiB/);
  assert.doesNotMatch(tooltip({ figure: null }), /Now/);
});

test('an alert leads to its row', () => {
  const place = (kind: Alert['subject']['kind'], name: string) =>
    alertPlace({ cluster: aSnapshot(), alert: anAlert({ subject: { kind, name } }) });
  assert.deepEqual(place('worker', 'a@b'), { clusterId: 'orders', hostname: 'a@b' });
  assert.deepEqual(place('task', 't1'), { clusterId: 'orders', taskId: 't1' });
  assert.deepEqual(place('broker', ''), { clusterId: 'orders' });
});

test('an empty view tells health from ignorance', () => {
  const view = (level: 'healthy' | 'unknown' | 'degraded', sentence?: string) => {
    const reasons = sentence
      ? [{ severity: 'warning' as const, recovering: false, sentence, recommendation: '', alertId: null }]
      : [];
    return emptyAlerts(
      new Map([
        [
          'orders',
          aSnapshot({ verdict: { level, state: level === 'unknown' ? 'collecting' : level, since: now, reasons } }),
        ],
      ]),
      0,
    );
  };
  assert.match(view('healthy'), /^orders is healthy since \d\d:\d\d:\d\d\.$/);
  assert.equal(view('unknown', 'It has only begun.'), 'Nothing can be said about orders: It has only begun.');
  assert.equal(view('unknown'), 'Nothing can be said about orders yet: too little was heard.');
  assert.equal(view('degraded', 'One worker is lost.'), 'orders is degraded: One worker is lost.');
});

test('an empty view of many connections is short: one sentence for all that are alike', () => {
  const named = (name: string, parts: Parameters<typeof aSnapshot>[0] = {}) =>
    [name, aSnapshot({ clusterId: name, name, ...parts })] as const;
  const verdict = { level: 'healthy', state: 'healthy', since: now, reasons: [] } as const;
  const reason = { code: 'x', sentence: 'Connection refused at 127.0.0.1:1. Start Redis.' };
  const link = { kind: 'lost', since: 1, retryAt: 2, attempt: 1, reason } as const;
  const snapshots = new Map([
    named('a', { verdict }),
    named('b', { verdict }),
    named('c', { link }),
    named('d', { link }),
    named('e', { link: { kind: 'disconnected' } }),
  ]);
  assert.match(
    emptyAlerts(snapshots, 0),
    /^a, b are healthy since [\d:]+\. Nothing can be said about c, d: offline\. Nothing can be said about e: not connected\.$/,
  );
});

test('the history of alerts says which are over', () => {
  const entry = { id: 'a', rule: 'r', subject: 's', severity: 'critical', sentence: 'No live worker.' } as const;
  const text = alertHistoryText(
    'orders',
    [
      { ...entry, raisedAt: now - 60_000, resolvedAt: null },
      { ...entry, raisedAt: 0, resolvedAt: 5_000 },
    ],
    now,
  );
  assert.match(text, /^2 alerts on orders, 1 of them not over\n\n/);
  assert.match(text, /for 1 m and still +No live worker\.\n/);
  assert.match(text, /1970-01-01 00:00:00Z {2}critical {2}for 5 s +No live worker\.\n$/);
  assert.match(alertHistoryText('orders', [], now), /^No alert has been raised/);
});
