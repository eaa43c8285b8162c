import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerdictReason } from '../../../../server/api/health.ts';
import type { ClusterSnapshot, LinkState, Worker } from '../../../../server/api/model.ts';
import type { GroupStats, WindowStats } from '../../../../server/api/tasks.ts';
import type { WaitingSession } from '../../../../server/api/waiting.ts';
import type { StatusView } from '../../../../server/desk/clusterStatus.ts';
import { statusOf } from '../../../../server/desk/clusterStatus.ts';
import { statusScreen, workerCounts } from '../../../../server/faces/cli/statusScreen.ts';
import { displayWidth } from '../../../../server/text/displayWidth.ts';
import type { Paint } from '../../../../server/text/paint.ts';
import { clockTime } from '../../../../server/text/wording.ts';
import { aSnapshot, aWorker } from '../../aSnapshot.ts';
import { plainWords } from '../../plainWords.ts';

const plain: Paint = (_style, text) => text;
const now = 1_000_000;
const live: LinkState = { kind: 'live', since: 0, server: { product: 'Redis', version: '7.0' }, blocked: null };

const view = (snapshot: Partial<ClusterSnapshot>, more: Partial<StatusView> = {}): StatusView => ({
  snapshot: aSnapshot({ link: live, maskedUrl: 'redis://h/0', ...snapshot }),
  queues: [],
  types: [],
  workers: [],
  now,
  ...more,
});

const worker = (hostname: string, parts: Partial<Worker> = {}): Worker => aWorker({ hostname, ...parts });

const byName = (...workers: readonly Worker[]) => Object.fromEntries(workers.map((each) => [each.hostname, each]));

const screen = (given: StatusView, width = 120, height = Number.POSITIVE_INFINITY): string[] =>
  statusScreen(given, { width, height, paint: plain });

const quantiles = { count: 3, mean: 1, p50: 0.5, p95: 2, p99: 3 };

const window: WindowStats = {
  minutes: 1,
  sent: 0,
  received: 0,
  started: 0,
  succeeded: 0,
  failed: 0,
  retried: 0,
  revoked: 0,
  rejected: 0,
  timedOut: 0,
  perSecond: 3.14,
  successRate: 0.9,
  failureRate: 0.1,
  retryRate: 0,
  timeoutRate: 0,
  runtime: quantiles,
  wait: quantiles,
};

const group = (name: string, perSecond = 3.14): GroupStats => ({
  name,
  held: { STARTED: 2, RECEIVED: 5, PENDING: 1 },
  windows: [{ ...window, perSecond }],
  perMinute: [],
  baselineSeconds: null,
});

test('shows each worker with its state in a sign and a word, the living first', () => {
  const workers = byName(
    worker('a@h', { status: 'lost', lastSeenAt: now - 125_000 }),
    worker('b@h', { status: 'online' }),
    worker('c@h', { status: 'online' }),
    worker('d@h', { status: 'offline', statusSince: now - 10_000 }),
  );
  const lines = screen(view({ workers }));
  assert.equal(lines[0], 'redis://h/0 · Redis 7.0 · 4 workers: 2 online, 1 lost, 1 offline');
  const rows = lines.slice(4).map((line) => line.replace(/\s{2,}.*?([●◐○] .*?)(\s{2,}.*|$)/, ' $1'));
  assert.deepEqual(rows, ['b@h ● online', 'c@h ● online', 'a@h ○ lost 2 m 5 s', 'd@h ○ offline 10 s']);
});

test('says why the connection is away and when it is tried again, in full', () => {
  const link: LinkState = {
    kind: 'lost',
    since: now - 7_000,
    retryAt: now + 2_400,
    attempt: 3,
    reason: {
      code: 'brokerUnreachable',
      sentence: 'Connection refused at h:6379. Start Redis, or correct the address.',
    },
  };
  const [heading, ...sentence] = screen(view({ link }), 50);
  assert.equal(heading, 'redis://h/0 · no workers');
  assert.equal(
    sentence.join(' '),
    'Connection refused at h:6379. Start Redis, or correct the address. Offline for 7 s, next attempt in 3 s.',
  );
  assert.ok(sentence.length > 1);
});

test('says when the broker accepts no messages', () => {
  const lines = screen(view({ link: { ...live, blocked: plainWords('low on memory') } }));
  assert.equal(lines[1], 'low on memory');
});

test('shows the verdict with its worst reason; what is about to end is only counted', () => {
  const reason = (sentence: string, recovering: boolean) =>
    ({ severity: 'warning', recovering, sentence, recommendation: '', alertId: null }) as const;
  const lines = (reasons: readonly VerdictReason[]): string | undefined =>
    screen(view({ verdict: { level: 'degraded', state: 'degraded', since: 0, reasons } }))[1];
  const ending = reason('Retry rate of b: 9%.', true);
  assert.equal(lines([reason('Tasks of a wait 92 s.', false), ending]), 'Degraded · 2 alerts: Tasks of a wait 92 s.');
  assert.equal(lines([ending]), 'Degraded · 1 alert, recovering');
  assert.equal(screen(view({}))[1], 'Collecting…');
});

test('shows queues and tasks, the busiest first', () => {
  const lines = screen(view({}, { queues: [group('idle', 1), group('rush', 9)], types: [group('shop.pay')] }));
  const names = lines.map((line) => line.split(' ')[0]);
  assert.deepEqual(names.slice(3), ['QUEUE', 'rush', 'idle', '', 'TASK', 'shop.pay']);
  assert.match(lines[8] ?? '', /^shop\.pay +6 +2 +3\.14 +10% +0% +500 ms +2 s +2 s$/);
});

test('tells what makes the figures doubtful', () => {
  const { counters: none } = aSnapshot({});
  const totals = { disconnected: { count: 1, seconds: 12 }, discarded: { count: 2, seconds: 0 } };
  const counters = { ...none, lost: 1, invalid: 20, evicted: 0, uncountedLosses: 2, gaps: totals };
  const gaps = [{ from: 0, to: 12_000, cause: 'disconnected' as const, reason: 'x' }];
  const lines = screen(view({ counters, gaps }), 200);
  assert.deepEqual(lines.slice(-2), [
    '3 gaps in the event stream, 12 s in total · 1 event lost · events discarded 2 times (the broker does not report how many) · 20 messages could not be read.',
    `Events may be missing from ${clockTime(0)} to ${clockTime(12_000)}: x`,
  ]);
});

test('fits the screen, and says how much is left out', () => {
  const workers = byName(...Array.from({ length: 1_000 }, (_, i) => worker(`worker-${i}@some-long-host-name`)));
  const types = Array.from({ length: 40 }, (_, i) => group(`shop.tasks.number_${i}`));
  for (const [width, height] of [
    [80, 24],
    [40, 20],
    [200, 60],
  ] as const) {
    const lines = screen(view({ workers }, { types }), width, height);
    assert.ok(lines.length <= height, `${lines.length} lines on ${height}`);
    for (const line of lines) assert.ok(displayWidth(line) <= width, `${displayWidth(line)} > ${width}: ${line}`);
    assert.equal(lines.filter((line) => /^… [\d,]+ more$/.test(line)).length, 2);
  }
});

test('counts workers in words', () => {
  assert.equal(workerCounts([]), 'no workers');
  assert.equal(workerCounts([worker('a@h')]), '1 worker online');
  assert.equal(workerCounts([worker('a@h'), worker('b@h', { status: 'late' })]), '2 workers: 1 online, 1 late');
});

test('has the same for programs, without a password', () => {
  const json = statusOf(view({ workers: byName(worker('a@h')) }, { workers: [group('a@h')] }));
  assert.equal(json.broker.url, 'redis://h/0');
  assert.equal(json.workers['a@h']?.hostname, 'a@h');
  assert.equal(json.workers['a@h']?.stats?.windows[0]?.perSecond, 3.14);
  const keys = ['at', 'broker', 'health', 'workers', 'beats', 'queues', 'types', 'counters', 'gaps', 'waiting'];
  assert.deepEqual(Object.keys(json), keys);
});

test('shows the tasks that wait in rdb, on the screen and for programs', () => {
  const session: WaitingSession = {
    id: '77',
    place: { host: '127.0.0.1', port: 6900 },
    process: { pid: 20, parentPid: 10 },
    since: now - 12_000,
    hostname: 'orders@one',
    task: { id: 'a1b2', name: 'orders.charge' },
  };
  const stranger = { ...session, id: '78', hostname: null, task: null };
  const given = view({ waiting: { '77': session, '78': stranger } });
  const lines = screen(given);
  assert.ok(lines.includes('orders.charge a1b2 on orders@one has been paused in rdb at 127.0.0.1:6900 for 12 s.'));
  assert.ok(lines.includes('A task has been paused in rdb at 127.0.0.1:6900 for 12 s.'));
  assert.deepEqual(statusOf(given).waiting, [session, stranger]);
});

test('shows the beats below the workers, on the screen and for programs', () => {
  const beat = { hostname: 'celerybeat@web1', status: 'alive', statusSince: 0, lastAnswerAt: now - 3_000 } as const;
  const given = view({ beats: { 'celerybeat@web1': beat } });
  const lines = screen(given);
  assert.ok(lines.includes('Beat celerybeat@web1: alive, answered 3 s ago.'), lines.join('\n'));
  assert.match(lines[0] ?? '', /· no workers/);
  assert.deepEqual(statusOf(given).beats, [beat]);
});
