import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertEntry } from '../../../../server/api/history.ts';
import { makeOutlet } from '../../../../server/outlet/outlet.ts';
import { alertsPage } from '../../../../server/text/answers/alertsPage.ts';
import { peekPage } from '../../../../server/text/answers/peekPage.ts';
import { workerPage } from '../../../../server/text/answers/workerPage.ts';

const now = Date.parse('2026-12-01T12:00:00Z');
const place = { clusterId: 'shop', name: 'shop', now };
const shown = makeOutlet([]).answer;

test('the history of alerts is a table in local time, with the open ones counted and long sentences wrapped', () => {
  const entry = { id: 'a', rule: 'r', subject: 's', severity: 'critical', sentence: 'No workers are online.' } as const;
  const long = 'Tasks wait '.repeat(20).trim();
  const entries: AlertEntry[] = [
    { ...entry, raisedAt: now - 60_000, resolvedAt: null },
    { ...entry, severity: 'warning', raisedAt: now - 600_000, resolvedAt: now - 595_000, sentence: long },
  ];
  const { text, json } = alertsPage(place, shown(entries));
  const [title, head, , columns, open, ended] = text.split('\n');
  assert.equal(title, 'Celery: Alert history');
  assert.match(head ?? '', /^shop · \d\d:\d\d:\d\d · 2 alerts, 1 open, the newest first$/);
  assert.match(columns ?? '', /^SINCE +STATE +DURATION +SEVERITY +ALERT$/);
  const at = new Date(now - 60_000).toTimeString().slice(0, 8);
  assert.match(open ?? '', new RegExp(`^2026-1\\d-\\d\\d ${at} +open +1 m +critical +No workers are online\\.$`));
  assert.match(ended ?? '', /ended +5 s +warning +Tasks wait/);
  assert.ok(text.split('\n').every((line) => line.length <= 160));
  assert.equal(JSON.parse(json ?? '').length, 2);
  assert.match(alertsPage(place, shown([])).text, /no alerts yet/);
});

test('the page of a queue shows its figures, and its messages unless reading them would change them', () => {
  const depth = { name: 'emails', exists: true, ready: 21, unacked: 3, consumers: 1 };
  const page = peekPage(place, { queue: 'emails', depth, messages: null, touched: null });
  assert.match(page.text, /^Celery: Queue emails\nshop · [\d:]+ · 21 messages waiting, 3 unacknowledged, 1 consumer\n/);
  assert.match(page.text, /"Peek into Queue…"/);
  assert.equal(page.json, null);
  const empty = peekPage(place, { queue: 'emails', depth: { ...depth, ready: 0 }, messages: shown([]), touched: null });
  assert.match(empty.text, /The queue is empty\./);
});

test('the page of a worker shows its pool, what it holds, what it can run, its settings and its failures', () => {
  const answered = (value: unknown) => ({ kind: 'answered', hostname: 'api@shop', value }) as const;
  const conf = { task_acks_late: true, result_backend: null, broker_url: 'redis://:hunter2@host' };
  const replies = {
    stats: answered({
      uptime: 60,
      pool: { implementation: 'celery.concurrency.prefork:TaskPool', 'max-concurrency': 4 },
    }),
    active: answered([]),
    registered: answered(['orders.charge', 'orders.ship [rate_limit=10/m]']),
    conf: answered(conf),
    reserved: { kind: 'silent', hostname: 'api@shop', sentence: 'api@shop did not answer.' } as never,
  };
  const failure = { id: 'a-1', name: 'orders.charge', exception: "Declined('no')", finishedAt: now - 5_000 };
  const { text } = workerPage(place, {
    hostname: 'api@shop',
    worker: undefined,
    replies: shown(replies),
    values: shown({ conf }),
    failures: shown([failure] as never),
  });
  assert.match(text, /^Celery: Worker api@shop\nshop · [\d:]+ · no events yet\n\nPool\n/);
  assert.match(text, /prefork/);
  assert.match(text, /0 of 4 slots busy/);
  assert.match(text, /Registered tasks \(2\)\norders\.charge +orders\.ship\n/);
  assert.match(text, /task_acks_late +True|task_acks_late +true/);
  assert.match(text, /result_backend +not set/);
  assert.match(text, /Last failures\n.*\n *5 s ago +orders\.charge +Declined\('no'\) +a-1\n/);
  assert.match(text, /api@shop did not answer\./);
  assert.doesNotMatch(text, /hunter2|Prefetched/);
});
