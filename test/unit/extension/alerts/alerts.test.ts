import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alert, alertLook, recommendation, sentence } from '../../../../extension/alerts/alert.ts';
import { alertPlace } from '../../../../extension/alerts/alertPlace.ts';
import { alertsOf } from '../../../../extension/alerts/alertsOf.ts';
import { alertTitle, titledRules } from '../../../../extension/alerts/alertTitle.ts';
import { verdictRow } from '../../../../extension/alerts/verdictRow.ts';
import { DriftBook } from '../../../../extension/codePages/driftBook.ts';
import { statusView } from '../../../../extension/statusBar/statusView.ts';
import type { Alert, VerdictState } from '../../../../server/api/health.ts';
import type { ClusterSnapshot } from '../../../../server/api/model.ts';
import { ruleNames } from '../../../../server/health/ruleTable.ts';
import { aSnapshot, someCounters, verdictIn } from '../../aSnapshot.ts';
import { forestOf, lookOf, nodes } from '../clusters/aForest.ts';

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
  assert.match(view.tooltip().join('\n'), /Now 1,204, threshold 1,000/);
  assert.match(view.tooltip().join('\n'), /Start more workers/);
});

test('below an alert stand its whole sentence and what to do', () => {
  const node = { kind: 'alert', clusterId: 'orders', alertId: 'a' } as const;
  const sourceOf = (parts: Partial<Alert>) => ({
    snapshots: withAlerts(anAlert({ id: 'a', ...parts })),
    drift: new DriftBook(),
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
  assert.match(tooltip({ figure: 0.071, threshold: 0.05, unit: 'share' }), /Now 7\.1%, threshold 5%/);
  assert.match(tooltip({ figure: 75, threshold: 60, unit: 'seconds' }), /Now 1 m 15 s, threshold 1 m/);
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

const live = aSnapshot().link;
const lost = {
  kind: 'lost',
  since: 1,
  retryAt: 2,
  attempt: 3,
  reason: { code: 'x', sentence: 'Connection refused at 127.0.0.1:1.' },
} as const;

test('a connection has one verdict: its row, the status bar and the Alerts view show the same icon, colour and word', () => {
  const inState = (state: VerdictState, parts: Partial<ClusterSnapshot> = {}) =>
    aSnapshot({ ...parts, verdict: verdictIn(state, now) });
  const expected = [
    [inState('healthy'), 'pass-filled', 'healthy'],
    [inState('degraded'), 'warning', 'degraded'],
    [inState('unhealthy'), 'error', 'unhealthy'],
    [inState('collecting'), 'circle-large-outline', 'collecting…'],
    [inState('waiting'), 'circle-large-outline', 'waiting for workers'],
    [inState('connecting', { link: { kind: 'connecting', attempt: 1, since: 1 } }), 'sync~spin', 'connecting…'],
    [inState('offline', { link: { kind: 'connecting', attempt: 2, since: 1 } }), 'debug-disconnect', 'offline'],
    [inState('offline', { link: lost }), 'debug-disconnect', 'offline'],
    [inState('disconnected', { link: { kind: 'disconnected' } }), 'debug-disconnect', 'not connected'],
    [inState('degraded', { environment: 'prod' }), 'shield', 'degraded'],
    [inState('healthy', { environment: 'prod', isReadOnly: true }), 'lock', 'healthy'],
  ] as const;
  for (const [snapshot, icon, word] of expected) {
    const snapshots = new Map([['orders', snapshot]]);
    const inAlerts = verdictRow.look(
      { kind: 'verdict', clusterId: 'orders' },
      { snapshots, drift: new DriftBook(), showsMuted: false },
      now,
    );
    const inClusters = lookOf(forestOf(snapshot), nodes.connection);
    const inBar = statusView(snapshot, snapshots, now) ?? assert.fail();
    assert.deepEqual([inAlerts.icon, inClusters.icon, inBar.icon], [icon, icon, icon]);
    assert.equal(inAlerts.color, inClusters.color);
    assert.ok(inBar.spoken.startsWith(`Celery connection orders: ${word}`), inBar.spoken);
    assert.ok(inAlerts.tooltip()[0]?.endsWith(`: ${word}`), word);
    // Only a healthy connection shows its figures instead.
    if (word !== 'healthy') assert.ok(inClusters.description.includes(word), inClusters.description);
    if (word !== 'healthy') assert.ok(inBar.text.endsWith(word), inBar.text);
  }
});

test('the row of a connection in the Alerts view shows since when it is healthy, or of how many alerts its verdict is', () => {
  const look = (parts: Partial<ClusterSnapshot>) =>
    verdictRow.look(
      { kind: 'verdict', clusterId: 'orders' },
      { snapshots: new Map([['orders', aSnapshot(parts)]]), drift: new DriftBook(), showsMuted: false },
      now,
    );
  const reasons = [
    { severity: 'warning' as const, recovering: false, sentence: 'Long wait.', recommendation: '', alertId: null },
  ];
  assert.match(look({ verdict: verdictIn('healthy', now) }).description ?? '', /^healthy · since \d\d:/);
  assert.equal(look({ verdict: { ...verdictIn('degraded', now), reasons } }).description, 'degraded · 1 alert');
  assert.match(
    look({ verdict: { ...verdictIn('degraded', now), reasons } })
      .tooltip()
      .join('\n'),
    /Long wait\./,
  );
});

test('while the broker is away there is one entry for it, and the alerts of before are stale and stop counting', () => {
  const cluster = aSnapshot({
    link: lost,
    verdict: verdictIn('offline', now),
    counters: someCounters({ lastEventAt: now - 60_000 }),
  });
  const snapshots = new Map([['orders', cluster]]);
  const look = verdictRow.look(
    { kind: 'verdict', clusterId: 'orders' },
    { snapshots, drift: new DriftBook(), showsMuted: false },
    now,
  );
  assert.deepEqual(
    [look.label, look.description, look.contextValue],
    ['Broker not reachable', 'orders · stale 1 m', 'verdict;lost'],
  );
  const view = alertLook(anAlert(), cluster, now, false);
  assert.equal(view.description, 'stale 1 m · 1,204, limit 1,000 · warning · for 2 m');
  assert.equal(view.color, 'disabledForeground');
  assert.equal(alertLook(anAlert(), aSnapshot({ link: live }), now, false).color, 'problemsWarningIcon.foreground');
});
