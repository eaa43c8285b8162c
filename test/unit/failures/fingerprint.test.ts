import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Fingerprint, fingerprintOf } from '../../../server/failures/fingerprint.ts';

interface Recorded {
  readonly python: string;
  readonly cases: Readonly<Record<string, { readonly exception: string; readonly traceback: string }>>;
}

const folder = join(import.meta.dirname, '../../fixtures/tracebacks');
const recorded: readonly Recorded[] = readdirSync(folder)
  .filter((name) => name.startsWith('python-'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));

/** By case: the class, the function and the first line of what it says. */
const expected: Readonly<Record<string, readonly [string, string, string]>> = {
  plain: ['Declined', 'charge', 'order 12: card declined'],
  comprehension: ['Declined', 'charge', 'order 3: card declined'],
  library: ['JSONDecodeError', 'parse', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  direct_cause: ['RuntimeError', 'direct_cause', 'order failed'],
  during_handling: ['KeyError', 'during_handling', "'missing'"],
  library_cause: ['AttributeError', 'library_cause', "module 're' has no attribute '_not_there_for_sure'"],
  recursive: ['RecursionError', 'recursive', 'maximum recursion depth exceeded'],
  long_expression: ['TypeError', 'long_expression', "'NoneType' object is not subscriptable"],
  many_lines: ['ValueError', 'many_lines', 'first line'],
  with_note: ['ValueError', 'with_note', 'it has a note'],
  bad_syntax: ['SyntaxError', '<module>', 'invalid syntax'],
  no_words: ['Declined', 'no_words', ''],
  grouped: ['ExceptionGroup', 'charge', 'several (2 sub-exceptions)'],
  group_as_cause: ['RuntimeError', 'group_as_cause', 'gave up'],
};

const read = ({ exception, traceback }: { exception: string; traceback: string }): Fingerprint =>
  fingerprintOf({ taskName: 'shop.orders.place', exception, traceback });

for (const { python, cases } of recorded) {
  describe(`tracebacks of Python ${python}`, () => {
    for (const [name, report] of Object.entries(cases)) {
      test(`${name}: the class, the user's own line and the words`, () => {
        const { exceptionType, frame, message } = read(report);
        assert.deepEqual([exceptionType, frame?.function, message.split('\n')[0]], expected[name]);
        const line = report.traceback.split('\n').find((each) => each.includes(`line ${frame?.line}`));
        assert.ok(frame?.file.startsWith('/app/shop/') && line !== undefined, JSON.stringify(frame));
      });

      test(`${name}: cut at any place, it is still read`, () => {
        for (let end = 0; end < report.traceback.length; end += 7) {
          const cut = read({ ...report, traceback: report.traceback.slice(0, end) });
          assert.equal(cut.exceptionType, expected[name]?.[0]);
          read({ ...report, traceback: report.traceback.slice(end) });
        }
      });
    }
  });
}

test('all Pythons from 3.8 to 3.14 are among the recorded', () => {
  const versions = recorded.map(({ python }) => Number(python.split('.')[1])).sort((a, b) => a - b);
  assert.deepEqual(versions, [8, 9, 10, 11, 12, 13, 14]);
});

test('a cause is the same on every Python', () => {
  // The words of a class without a repr of its own, and what Python itself says, may differ; the place may not.
  for (const name of ['plain', 'direct_cause', 'during_handling', 'no_words', 'many_lines', 'group_as_cause']) {
    const ids = new Set(recorded.flatMap(({ cases }) => (cases[name] ? [read(cases[name]).id] : [])));
    assert.equal(ids.size, 1, name);
  }
});

const traceback = (parts: { line?: number; file?: string; code?: string; said?: string } = {}): string => {
  const { line = 11, file = '/app/shop/orders.py', code = 'raise Declined(order)', said = 'order 12' } = parts;
  return `Traceback (most recent call last):\n  File "/usr/local/lib/python3.12/site-packages/celery/app/trace.py", line 453, in trace_task\n    R = retval = fun(*args, **kwargs)\n  File "${file}", line ${line}, in charge\n    ${code}\nshop.orders.Declined: ${said}\n`;
};
const idOf = (parts: Parameters<typeof traceback>[0], taskName: string | null = 'shop.charge'): string =>
  fingerprintOf({ taskName, exception: "Declined('order 12')", traceback: traceback(parts) }).id;

test('the same cause: other words, a line that has moved, another release folder', () => {
  const first = idOf({});
  assert.equal(idOf({ said: 'order 9321' }), first);
  assert.equal(idOf({ line: 40 }), first);
  assert.equal(
    idOf({ file: '/srv/releases/20261119/shop/orders.py' }),
    idOf({ file: '/srv/releases/20261120/shop/orders.py' }),
  );
});

test('another cause: another task, class, file or line of code', () => {
  const ids = [
    idOf({}),
    idOf({}, 'shop.refund'),
    idOf({ file: '/app/shop/refunds.py' }),
    idOf({ code: 'raise Declined(refund)' }),
    fingerprintOf({ taskName: 'shop.charge', exception: 'Refused()', traceback: traceback() }).id,
  ];
  assert.equal(new Set(ids).size, ids.length);
});

const fileOf = (files: readonly string[], taskName = 'shop.charge'): string | undefined =>
  fingerprintOf({
    taskName,
    exception: 'E()',
    traceback: `Traceback (most recent call last):\n${files.map((file) => `  File "${file}", line 3, in f\n    x\n`).join('')}E\n`,
  }).frame?.file;

test("frames of Celery, of packages, of Python's own library and of no file are not the user's", () => {
  const others = [
    '/home/me/.venv/lib/python3.12/site-packages/requests/adapters.py',
    '/usr/lib/python3/dist-packages/redis/client.py',
    '/usr/lib/python3.11/json/decoder.py',
    '/root/.pyenv/versions/3.13.0/lib/python3.13/asyncio/runners.py',
    '/opt/homebrew/Cellar/python@3.12/3.12.1/Frameworks/Python.framework/Versions/3.12/lib/python3.12/ssl.py',
    'C:\\Python312\\Lib\\json\\decoder.py',
    'C:\\Users\\me\\AppData\\Local\\Programs\\Python\\Python312\\Lib\\asyncio\\base_events.py',
    'C:\\app\\.venv\\Lib\\site-packages\\kombu\\connection.py',
    '/usr/lib/python311.zip/json/decoder.py',
    '/src/celery/celery/app/trace.py',
    '/src/billiard/pool.py',
    '<frozen importlib._bootstrap>',
    '<string>',
  ];
  assert.equal(fileOf(others), undefined);
  assert.equal(fileOf(['/app/shop/orders.py', ...others]), '/app/shop/orders.py');
  assert.equal(fileOf(['C:\\work\\shop\\orders.py', ...others]), 'C:\\work\\shop\\orders.py');
});

test('a project that is installed into its container is still the user’s own', () => {
  const installed = '/usr/local/lib/python3.12/site-packages/shop/orders.py';
  assert.equal(fileOf([installed], 'shop.orders.charge'), installed);
  assert.equal(fileOf([installed], 'celery.backend_cleanup'), undefined);
});

test('without a frame of the user’s, the words without numbers and names make the difference', () => {
  const lost = (job: number): string =>
    fingerprintOf({
      taskName: 'shop.charge',
      exception: `WorkerLostError('Worker exited prematurely: signal 9 (SIGKILL) Job: ${job}.')`,
      traceback: null,
    }).id;
  assert.equal(lost(1), lost(2));
  const { exceptionType, message, frame } = fingerprintOf({
    taskName: 'shop.charge',
    exception: 'TimeLimitExceeded(10)',
    traceback: null,
  });
  assert.deepEqual([exceptionType, message, frame], ['TimeLimitExceeded', '10', null]);
});

test('a task that its worker does not know is named by what the worker says', () => {
  const one = fingerprintOf({ taskName: null, exception: "NotRegistered('shop.gone')", traceback: null });
  const two = fingerprintOf({ taskName: null, exception: "NotRegistered('shop.other')", traceback: null });
  assert.equal(one.taskName, 'shop.gone');
  assert.notEqual(one.id, two.id);
});
