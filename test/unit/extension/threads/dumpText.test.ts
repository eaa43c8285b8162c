import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dumpText } from '../../../../extension/threads/dumpText.ts';
import { lostOutput } from '../../../../extension/threads/dumpWords.ts';
import type { DumpedThread, ThreadDump } from '../../../../server/api/threads.ts';

const thread = (name: string, more: Partial<DumpedThread> = {}): DumpedThread => ({
  name,
  frames: [{ file: `/app/${name}.py`, line: 7, function: 'work', code: 'sleep(1)' }],
  locals: '',
  task: null,
  ...more,
});

const charge = { id: 'c1', name: 'shop.charge', queue: null, startedAt: null, eta: null, priority: null, args: '' };

const dump = (more: Partial<ThreadDump['target']> = {}, threads: readonly DumpedThread[] = []): ThreadDump => ({
  target: {
    hostname: 'orders@web1',
    pid: 812,
    problem: null,
    output: { kind: 'file', path: '/var/log/w.log' },
    pool: 'prefork',
    children: [813],
    running: [],
    logFiles: [],
    ...more,
  },
  takenAt: new Date(2026, 10, 20, 12, 3, 4).getTime(),
  source: '/var/log/w.log',
  processes: [{ pid: 812, threads }],
});

test('says whose threads these are, when they were looked at, and where they were read', () => {
  const [title, head] = dumpText('orders-prod', dump()).split('\n');
  assert.equal(title, 'celery threads orders@web1');
  assert.equal(head, 'orders-prod · 12:03:04 · process 812 · prefork · read from /var/log/w.log');
});

test('puts what runs a task first, and writes calls as tracebacks do, so that they are links', () => {
  const threads = [
    thread('Timer-1', { locals: "{'delay': 1.0}" }),
    thread('MainThread'),
    thread('Pool_0', { task: { name: 'shop.charge', id: 'c1' } }),
  ];
  const text = dumpText('shop', dump({}, threads));
  const at = ['Pool_0 · running shop.charge c1', 'MainThread', 'Timer-1'].map((name) => text.indexOf(`\n\n${name}\n`));
  assert.ok(at.every((each) => each > 0));
  assert.deepEqual(
    at,
    [...at].sort((a, b) => a - b),
  );
  assert.match(text, /\n {2}File "\/app\/Pool_0\.py", line 7, in work\n {4}sleep\(1\)\n/);
  assert.match(text, /Timer-1\n.*\n.*\n {2}Variables of the last call\n {4}\{'delay': 1\.0\}/);
});

test('says that tasks run in children which were not asked', () => {
  const inChild = dumpText('shop', dump({ running: [{ ...charge, pid: 813 }] }));
  assert.match(inChild, /Running now:\n {2}shop\.charge c1 · process 813\n\nThey run in child processes/);
  assert.doesNotMatch(dumpText('shop', dump({ running: [{ ...charge, pid: 812 }] })), /child processes/);
  assert.match(dumpText('shop', dump()), /It is running no task\./);
});

test('folds the calls of libraries that lead to the task, and shows them all below', () => {
  const library = (name: string) => ({
    file: `/venv/lib/python3.11/site-packages/celery/${name}.py`,
    line: 1,
    function: name,
    code: `${name}()`,
  });
  const own = { file: '/app/tasks.py', line: 9, function: 'charge', code: 'pay(order)' };
  const frames = [...['main', 'start', 'poll'].map(library), own, ...['get', 'send', 'recv', 'wait'].map(library)];
  const [, , inShort = '', , inFull = ''] = dumpText(
    'shop',
    dump({ running: [{ ...charge, pid: 812 }] }, [thread('Main', { frames })]),
  ).split('\n\n');
  assert.deepEqual(
    inShort.split('\n').filter((line) => !line.startsWith('    ')),
    [
      'Main',
      '  … 3 calls in libraries',
      '  File "/app/tasks.py", line 9, in charge',
      '  … 1 calls in libraries',
      ...['send', 'recv', 'wait'].map(
        (name) => `  File "/venv/lib/python3.11/site-packages/celery/${name}.py", line 1, in ${name}`,
      ),
    ],
  );
  assert.equal(inFull.split('\n').filter((line) => line.startsWith('  File')).length, 8);
});

test('says where a dump goes that cannot be read here', () => {
  assert.equal(lostOutput({ kind: 'file', path: '/a' }), null);
  assert.match(lostOutput({ kind: 'terminal', path: '/dev/pts/3' }) ?? '', /its terminal \(\/dev\/pts\/3\)/);
  assert.match(lostOutput({ kind: 'pipe' }) ?? '', /container/);
  assert.match(lostOutput({ kind: 'nowhere' }) ?? '', /\/dev\/null/);
});
