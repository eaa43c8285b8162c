import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ControlMethod } from '../../../../server/celery/controlCommands.ts';
import { replyScreen } from '../../../../server/text/replies/replyScreen.ts';

const page = { width: 200, paint: (_style: unknown, text: string) => text, now: 1_800_000_010_000 };

const show = (method: ControlMethod, values: Readonly<Record<string, unknown>>, args = {}, width = 200): string[] =>
  replyScreen(
    { method, arguments: args },
    Object.entries(values).map(([hostname, value]) => ({ kind: 'answered', hostname, value })),
    { ...page, width },
  );

/** As a worker of Celery 5.6 describes a task. */
const task = {
  id: '5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33',
  name: 'emails.send',
  args: [42, 'ü'],
  kwargs: {},
  type: 'emails.send',
  hostname: 'a@h',
  time_start: 1_800_000_000,
  acknowledged: true,
  delivery_info: { exchange: '', routing_key: 'emails', priority: 0, redelivered: false },
  worker_pid: 77,
};

test('shows which tasks run where, since when, and who runs none', () => {
  assert.deepEqual(show('active', { 'a@h': [task], 'b@h': [], 'c@h': [] }), [
    'WORKER  RUNNING  PID  NAME         QUEUE   ID                                    ARGUMENTS',
    'a@h        10 s   77  emails.send  emails  5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33  [42,"ü"]',
    'No tasks are running on b@h, c@h.',
  ]);
});

test('shows what waits, and when what is scheduled is due', () => {
  const urgent = { ...task, kwargs: { to: 'x' }, args: [], delivery_info: { routing_key: 'emails', priority: 9 } };
  assert.deepEqual(show('reserved', { 'a@h': [urgent] }), [
    'WORKER  NAME         QUEUE   PRIORITY  ID                                    ARGUMENTS',
    'a@h     emails.send  emails         9  5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33  {"to":"x"}',
  ]);
  const eta = new Date(page.now + 90_000).toISOString();
  const past = new Date(page.now - 1).toISOString();
  const [, first, second] = show('scheduled', {
    'a@h': [
      { eta, priority: 6, request: task },
      { eta: past, priority: 6, request: task },
    ],
  });
  assert.match(first ?? '', /^a@h +in 1 m 30 s, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d +emails\.send +emails/);
  assert.match(second ?? '', /^a@h +now +emails\.send/);
});

test('says where a task is, and which are nowhere', () => {
  const lines = show('query_task', { 'a@h': { [task.id]: ['active', task] }, 'b@h': {} }, { ids: [task.id, 'x'] });
  assert.match(lines[1] ?? '', /^a@h +active +10 s +77 +emails\.send/);
  assert.deepEqual(lines.slice(2), ['No worker holds task x.']);
});

test('puts workers that say the same over one block', () => {
  assert.deepEqual(
    show('registered', { 'a@h': ['x', 'y [rate_limit=1/m]'], 'b@h': ['x', 'y [rate_limit=1/m]'], 'c@h': [] }),
    ['a@h, b@h  2 tasks', '  x', '  y [rate_limit=1/m]', '', 'c@h  no tasks'],
  );
  assert.deepEqual(show('conf', { 'a@h': { b: [1], a: 'x\ny', none: null } }), [
    'a@h',
    '  a = x\\ny',
    '  b = [1]',
    '  none =',
  ]);
  assert.deepEqual(show('report', { 'a@h': { ok: '\nsoftware -> x\n\nb\n' } }), ['a@h', '  software -> x', '', '  b']);
});

test('shows the figures of a worker that one looks for', () => {
  const stats = {
    total: { x: 1_200, y: 34 },
    pid: 7,
    uptime: 3_725,
    prefetch_count: 16,
    pool: { implementation: 'celery.concurrency.prefork:TaskPool', 'max-concurrency': 4 },
    broker: { transport: 'amqp', hostname: 'h', port: 5672, virtual_host: '/' },
    rusage: { utime: 1, stime: 0.5, maxrss: 51_200 },
  };
  const mac = {
    ...stats,
    autoscaler: { max: 8, min: 2 },
    rusage: { maxrss: 52_428_800 },
    broker: { transport: 'filesystem' },
  };
  const lines = show('stats', { 'a@h': stats, 'b@h': mac, 'c@h': { rusage: 'N/A' } });
  assert.deepEqual(lines.slice(0, 3), [
    'WORKER       UP  POOL     SIZE  PREFETCH  ACCEPTED    CPU  MEMORY  PID  BROKER',
    'a@h     1 h 2 m  prefork     4        16     1,234  1.5 s  50 MiB    7  amqp://h:5672/',
    'b@h     1 h 2 m  prefork   2–8        16     1,234         50 MiB    7  filesystem',
  ]);
  assert.equal(lines[3], 'c@h');
});

test('shows which queues a worker consumes', () => {
  const queue = { name: 'q', exchange: { name: '', type: 'direct' }, routing_key: 'k', durable: true, no_ack: false };
  assert.deepEqual(show('active_queues', { 'a@h': [queue], 'b@h': [] }), [
    'WORKER  QUEUE  EXCHANGE           ROUTING KEY  IS',
    'a@h     q      (default), direct  k            durable',
    'No queue is consumed by b@h.',
  ]);
});

test('shows an answer of one word as it is, and says what an empty one means', () => {
  const answer = (method: ControlMethod, value: unknown): string | undefined =>
    show(method, { 'a@h': value })[1]?.slice(8);
  assert.equal(answer('ping', { ok: 'pong' }), 'pong');
  assert.equal(answer('clock', { clock: 42 }), '42');
  assert.equal(answer('heartbeat', null), 'sent');
  assert.equal(answer('memsample', null), 'unknown: psutil is not installed on the worker');
  assert.equal(answer('pool_grow', null), 'done');
  assert.equal(answer('objgraph', { a: 1, b: [2] }), '{"a":1,"b":[2]}');
});

test('shows the memory samples that a worker took, and what is left of its garbage', () => {
  const told = '- rss (sample):\n-    > 50MB,\n-    > 52.5MB,\n- rss (end): 51.9MB.\n';
  assert.deepEqual(show('memdump', { 'a@h': told, 'b@h': '- rss: (psutil not installed).\n' }), [
    'WORKER  SAMPLES       WITHOUT GARBAGE',
    'a@h     50MB  52.5MB  51.9MB',
    'b@h     none          unknown: psutil is not installed on the worker',
  ]);
});

test('lets nothing that a worker says reach the terminal, and fits it', () => {
  const evil = '\u001b[2Jx';
  for (const method of [
    'ping',
    'active',
    'reserved',
    'scheduled',
    'query_task',
    'registered',
    'conf',
    'report',
    'stats',
    'active_queues',
    'revoked',
    'memdump',
  ] as const) {
    const values = [
      [{ ...task, name: evil, id: evil }],
      { ok: evil, [evil]: evil },
      [evil],
      evil,
      null,
      7,
      { x: ['active', { name: evil }] },
      [{ name: evil }],
    ];
    for (const value of values) {
      const text = show(method, { [evil]: value }, { ids: [evil] }).join('\n');
      assert.ok(!text.includes('\u001b'), `${method} ${JSON.stringify(value)}`);
    }
  }
  for (const line of show('active', { 'a-worker-with-a-long-name@a-host-with-a-long-name': [task] }, {}, 80)) {
    assert.ok(line.length <= 80, line);
  }
});

test('shows nothing when nobody answered', () => {
  assert.deepEqual(show('stats', {}), []);
});
