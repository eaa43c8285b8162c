import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenNotice, closed, noticeOf } from '../../../media/dashboard/notice.ts';
import { tilesOf } from '../../../media/dashboard/tiles.ts';
import type { Dashboard } from '../../../server/api/dashboard.ts';
import { CeleriacError } from '../../../server/api/errors.ts';
import { aDashboard, aNow, aWindow, aWorker, t0 } from './aDashboard.ts';

const shown = (dashboard: Dashboard): Record<string, string> =>
  Object.fromEntries(
    tilesOf(dashboard).map(({ id, value, detail, severity }) => [id, [value, detail, severity].join(' | ')]),
  );

test('the tiles say how it stands', () => {
  const window = aWindow({
    succeeded: 90,
    failed: 6,
    retried: 4,
    perSecond: 10,
    failureRate: 0.06,
    runtime: { count: 100, mean: 0.5, p50: 0.4, p95: 0.84, p99: 1 },
    wait: { count: 100, mean: 0.1, p50: 0.1, p95: 0.2, p99: 0.3 },
  });
  const now = aNow({
    active: 2,
    queued: 132,
    queuedGrowthPerSecond: 3.1,
    window,
    lastEventAt: t0 - 5_000,
    backlog: 12,
  });
  assert.deepEqual(shown(aDashboard({ now })), {
    workers: '1/1 | online | ',
    active: '2 | 50% of 4 slots | ',
    queued: '132 ↑ | growing by 3.1/s | ',
    rate: '9/s | 90 in the last 5 min | ',
    failures: '6% | 6 failed, 4 retried in 5 min | warning',
    p95: '840 ms | wait p95 200 ms, last 5 min | ',
    lag: '12 events | last event 5 s ago | ',
  });
});

test('a figure beyond a threshold is marked, and not by colour alone', () => {
  const now = aNow({ workersOnline: 0, queued: 6_000, window: aWindow({ failureRate: 0.5 }), backlog: 5_000 });
  const queues = { ...aDashboard().queues, deepest: 5_500 };
  const tiles = shown(aDashboard({ now, queues, workers: [aWorker({ status: 'lost' })] }));
  assert.match(tiles['workers'] ?? '', /^0\/1 \| 1 lost \| critical/);
  assert.match(tiles['queued'] ?? '', /critical/);
  assert.match(tiles['failures'] ?? '', /critical/);
  assert.match(tiles['lag'] ?? '', /warning/);
});

test('what is not known is not shown as zero', () => {
  const tiles = shown(
    aDashboard({ now: aNow({ queued: null, lastEventAt: null }), workers: [aWorker({ slots: null })] }),
  );
  assert.equal(tiles['queued'], '– | not reported by the broker | ');
  assert.equal(tiles['failures'], '– | 0 failed, 0 retried in 5 min | ');
  assert.equal(tiles['active'], '0 | running now | ');
  assert.match(tiles['lag'] ?? '', /no events yet/);
});

test('an empty page says why and what to do, an old one how old', () => {
  assert.equal(noticeOf(aDashboard()), null);
  assert.match(noticeOf(aDashboard({ states: {} }))?.title ?? '', /No tasks yet/);
  const alone = noticeOf(aDashboard({ now: aNow({ workersKnown: 0 }) }));
  assert.deepEqual(alone?.action, { label: 'Enable Events', command: 'celeriac.enableEvents' });
  const reason = { code: 'brokerUnreachable', sentence: 'Nothing listens at localhost:6379.' };
  const link = { kind: 'lost', since: t0 - 60_000, retryAt: t0 + 6_200, attempt: 3, reason } as const;
  const lost = noticeOf(aDashboard({ link, now: aNow({ lastEventAt: t0 - 120_000 }) }));
  assert.equal(lost?.title, 'Offline: Nothing listens at localhost:6379.');
  assert.equal(lost?.text, 'Next attempt in 7 s. Figures are 2 m old.');
  assert.equal(lost?.isStale, true);
});

test('a page that cannot be read says why, and offers to connect when that is all it lacks', () => {
  const closed = brokenNotice(new CeleriacError('notFound', 'There is no open connection "shop".'));
  assert.deepEqual([closed.title, closed.action?.label], ['There is no open connection "shop".', 'Connect']);
  assert.equal(brokenNotice(new Error('broken')).action?.label, 'Show Logs');
});

test('more running tasks than slots are never shown as all of them', () => {
  const tiles = shown(aDashboard({ now: aNow({ active: 5 }) }));
  assert.equal(tiles['active'], '5 | more than the 4 known slots | warning');
});

test('a connection that is not open any more is not shown as live', () => {
  assert.match(shown(closed(aDashboard()))['lag'] ?? '', /^– \|/);
});
