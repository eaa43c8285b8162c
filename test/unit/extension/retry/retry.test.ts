import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pythonToJson } from '../../../../extension/python/pythonToJson.ts';
import { likelyQueue, queueForNew } from '../../../../extension/retry/likelyQueue.ts';
import { recoverSide } from '../../../../extension/retry/originalCall.ts';
import { queueReader } from '../../../../extension/retry/queuedCall.ts';
import { manyConsequence, manyOutcome } from '../../../../extension/retry/retryWords.ts';
import { requests } from '../../../../server/api/requests.ts';
import type { TaskResult } from '../../../../server/api/results.ts';

const stored = (parts: Partial<TaskResult>): TaskResult => ({
  id: 't1',
  status: 'FAILURE',
  found: true,
  result: { kind: 'json', value: null, exactText: null },
  traceback: null,
  dateDone: null,
  groupId: null,
  parentId: null,
  children: null,
  name: null,
  args: null,
  kwargs: null,
  worker: null,
  retries: null,
  queue: null,
  runningOn: null,
  notes: [],
  ...parts,
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('arguments as Python writes them', () => {
  for (const [repr, json] of [
    ["('A-1',)", '["A-1"]'],
    ['()', '[]'],
    ['[]', '[]'],
    ['{}', '{}'],
    [
      "({'id': 7, 'ok': True, 'no': None, 'l': [1, 2.50, -3e-05]}, False)",
      '[{"id": 7, "ok": true, "no": null, "l": [1, 2.50, -3e-05]}, false]',
    ],
    ['(12345678901234567890, 1.0)', '[12345678901234567890, 1.0]'],
    [`("it's", 'a "b"', 'tab\\t\\x41\\u00e9\\\\')`, '["it\'s", "a \\"b\\"", "tab\\tA\u00e9\\\\"]'],
    ["{'to': u'anna', 'nested': {'a': ((),)}}", '{"to": "anna", "nested": {"a": [[]]}}'],
    ['["as told", true, false, null, "\\ud83d\\ude00"]', '["as told", true, false, null, "😀"]'],
    ["('[1, ' , ']')", '["[1, ", "]"]'],
  ] as const) {
    test(`${repr} is ${json}`, () => {
      const converted = pythonToJson(repr);
      assert.deepEqual(converted, { json, isWhole: true });
      assert.ok(isJson(converted.json));
    });
  }

  for (const repr of [
    "('A-1', {'items': [1, 2, ...], ...}, ...)",
    "('aaaaaaaa...',)",
    "('wait...', 1)",
    "('A-1', {'items': [1, 2",
    "('A-1",
    '(<Order 7>,)',
    '(datetime.datetime(2026, 1, 1, 0, 0), 3)',
    "(Decimal('1.20'),)",
    '({1, 2},)',
    "({1: 'a'},)",
    "(b'bytes',)",
    '(nan, inf)',
    '(UUID("x"), {"a": }',
    '...',
    '',
    '<unrepresentable: broken>',
    "('a') ('b')",
    '[1, 2], ...',
    '[1 2]',
    "('a' 'b',)",
  ]) {
    test(`${repr || 'nothing'} is never taken for whole, and its draft is no JSON`, () => {
      const converted = pythonToJson(repr);
      assert.equal(converted.isWhole, false);
      assert.equal(isJson(converted.json), false, converted.json);
    });
  }

  test('a cut at any place is never taken for whole', () => {
    const repr = "('A-1', {'items': [1, 2.5, None], 'note': 'it\\'s', \"o'k\": (True, [])}, 'last')";
    for (let at = 1; at < repr.length; at += 1) {
      for (const tail of ['', '...', '...)', ', ...', ', ...)', ', ...}, ...)', "...', ...)", "...'"]) {
        const converted = pythonToJson(repr.slice(0, at) + tail);
        assert.equal(converted.isWhole, false, repr.slice(0, at) + tail);
        assert.equal(isJson(converted.json), false, converted.json);
      }
    }
  });

  test('a draft keeps what is known, and marks what is not', () => {
    assert.equal(pythonToJson("('A-1', {'items': [1, 2, ...]}, ...)").json, '["A-1", {"items": [1, 2, …]}, …]');
    assert.equal(pythonToJson('(<Order 7>, 3)').json, '[<Order 7> …, 3]');
  });
});

describe('what a task was called with', () => {
  const cut = { args: "('aaa...', ...)", kwargs: '{}' };

  test('is what its events say, when that is whole', () => {
    const reprs = { args: '(1.0,)', kwargs: "{'a': 1}" };
    assert.deepEqual(recoverSide('args', reprs, stored({ args: [1] })), { kind: 'whole', json: '[1.0]' });
    assert.deepEqual(recoverSide('kwargs', reprs, null), { kind: 'whole', json: '{"a": 1}' });
  });

  test('is what the result backend keeps, when the events were cut', () => {
    assert.deepEqual(recoverSide('args', cut, stored({ args: ['aaaa', { b: 2 }] })), {
      kind: 'whole',
      json: '["aaaa",{"b":2}]',
    });
    assert.equal(recoverSide('args', cut, stored({ args: "('aaaa', 2)" })).kind, 'whole');
  });

  test('is left to the person otherwise', () => {
    for (const result of [
      null,
      stored({}),
      stored({ found: false, args: [1] }),
      stored({ args: { not: 'a list' } }),
      stored({ args: [2 ** 60] }),
      stored({ args: "('aaa...',)" }),
    ])
      assert.equal(recoverSide('args', cut, result).kind, 'partial');
    const none = recoverSide('kwargs', { args: null, kwargs: null }, null);
    assert.deepEqual(none, { kind: 'partial', draft: '', reason: 'no event reported them' });
  });

  test('keyword arguments are no list, and positional ones no dictionary', () => {
    assert.equal(recoverSide('kwargs', { args: null, kwargs: '(1,)' }, null).kind, 'partial');
    const args = recoverSide('args', { args: "{'a': 1}", kwargs: null }, null);
    assert.ok(args.kind === 'partial' && !isJson(args.draft));
  });
});

test('a retry of many says what it does, what it leaves out, and what came of it', () => {
  const whole = { kind: 'whole', json: '[]' } as const;
  const call = { taskId: 't', taskName: 'orders.charge', queue: 'priority', args: whole, kwargs: whole };
  assert.equal(
    manyConsequence([call, { ...call, queue: 'default' }], 5, 10_000),
    'Sends 2 tasks again with their original arguments and new IDs. Tasks: orders.charge. Queues: priority, default. Skips 3 with incomplete arguments; retry those one by one.',
  );
  assert.match(manyConsequence([call], 10_000, 10_000), /There may be more: at most 10,000 are sent at a time\.$/);
  const all = { sent: 2, leftOut: 0, stoppedBefore: 0, problems: [] };
  assert.equal(manyOutcome(all), 'Sent 2 tasks again.');
  assert.equal(
    manyOutcome({ ...all, leftOut: 3, stoppedBefore: 4, problems: ['Redis is away.'] }),
    'Sent 2 tasks again. Stopped before 4 others. Skipped 3 with incomplete arguments. 1 could not be sent: Redis is away.',
  );
});

const aQueue = (name: string, ...workers: string[]) => [name, { name, workers }] as const;
const queues = Object.fromEntries([aQueue('default', 'api@lab'), aQueue('unheard')]);

test('tasks whose queue is unknown go where the others came from, or to the only queue that is consumed', () => {
  assert.equal(likelyQueue([{ queue: 'a' }, { queue: 'b' }, { queue: 'b' }, { queue: null }], queues), 'b');
  assert.equal(likelyQueue([{ queue: null }], queues), 'default');
  assert.equal(likelyQueue([], { ...queues, ...Object.fromEntries([aQueue('mail', 'm@lab')]) }), null);
});

test('a new task goes where the last of its kind went, unless only elsewhere somebody takes it', () => {
  assert.equal(queueForNew({ queue: 'default' }, queues), 'default');
  assert.equal(queueForNew({ queue: 'unheard' }, queues), 'default');
  const allDown = Object.fromEntries([aQueue('default'), aQueue('unheard')]);
  assert.equal(queueForNew({ queue: 'unheard' }, allDown), 'unheard');
});

test('a queue is looked into once for all tasks that may wait there, and not where looking changes it', async () => {
  const asked: string[] = [];
  const reading = (touches: string | null) =>
    queueReader('shop', {
      request: async ({ method }) => {
        asked.push(method);
        const isPeek = method === requests.peekQueue.method;
        return (isPeek ? { messages: [{ taskId: 'b' }], touched: null } : touches) as never;
      },
    });
  const read = reading(null);
  assert.equal(await read('default', 'a'), null);
  assert.equal((await read('default', 'b'))?.taskId, 'b');
  assert.equal(asked.filter((method) => method === requests.peekQueue.method).length, 1);
  assert.equal(await reading('marks them as redelivered')('default', 'b'), null);
});

test('a repr that is nested beyond every page is a draft, and ends no window', () => {
  assert.equal(pythonToJson(`${'['.repeat(60)}1${']'.repeat(60)}`).isWhole, true);
  const { json, isWhole } = pythonToJson('['.repeat(60_000));
  assert.deepEqual([isWhole, json.startsWith('[[[')], [false, true]);
});
