import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskResult } from '../../../server/api/results.ts';
import { resultScreen } from '../../../server/text/resultScreen.ts';

const page = { paint: (_style: unknown, text: string) => text };

const result = (more: Partial<TaskResult>): TaskResult => ({
  id: 'an-id',
  status: 'SUCCESS',
  found: true,
  result: { kind: 'json', value: { a: 1 }, exactText: null },
  traceback: null,
  dateDone: null,
  groupId: null,
  parentId: null,
  children: [],
  name: null,
  args: null,
  kwargs: null,
  worker: null,
  retries: null,
  queue: null,
  runningOn: null,
  notes: [],
  ...more,
});

test('shows what little a backend holds', () => {
  assert.deepEqual(resultScreen(result({}), page), ['an-id', 'SUCCESS', '', 'result  {"a":1}']);
});

test('shows all that an extended result tells, each line safe for a terminal', () => {
  const value = { kind: 'json', value: 1, exactText: '12345678901234567890' } as const;
  const full = result({
    name: 'a.b',
    worker: 'w\u001b@h',
    args: [1],
    kwargs: {},
    queue: 'q',
    retries: 2,
    dateDone: 'then',
    result: value,
  });
  assert.deepEqual(resultScreen({ ...full, children: [['c', null]], notes: ['A note.'] }, page), [
    'a.b  an-id',
    'SUCCESS',
    '',
    'result    12345678901234567890',
    'args      [1]',
    'kwargs    {}',
    'worker    w\\u001b@h',
    'queue     q',
    'retries   2',
    'done      then',
    'children  [["c",null]]',
    '',
    'A note.',
  ]);
});

test('shows a failure with its traceback, and who runs a task', () => {
  const exception = { kind: 'exception', type: 'ValueError', message: ['no', 1], module: 'builtins' } as const;
  assert.deepEqual(resultScreen(result({ status: 'FAILURE', result: exception, traceback: 'T:\n  x\n' }), page), [
    'an-id',
    'FAILURE',
    '',
    'exception  ValueError: no, 1',
    '',
    'T:',
    '  x',
  ]);
  const bare = { ...exception, message: [], module: 'shop' };
  assert.equal(resultScreen(result({ result: bare }), page)[3], 'exception  shop.ValueError');
  const running = result({ status: 'STARTED', runningOn: { hostname: 'w@h', pid: 7 } });
  assert.equal(resultScreen(running, page)[1], 'STARTED on w@h, process 7');
  const opaque = { kind: 'opaque', sentence: 'It is pickled.' } as const;
  assert.equal(resultScreen(result({ result: opaque }), page)[3], 'result  It is pickled.');
});
