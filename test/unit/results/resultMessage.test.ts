import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeChordPart, decodeGroup } from '../../../server/celery/groupMessage.ts';
import { peekStatus, statusWithinBytes } from '../../../server/celery/resultFormat.ts';
import { readResultKeys } from '../../../server/celery/resultKeys.ts';
import { decodeTaskResult } from '../../../server/celery/resultMessage.ts';

/** Byte for byte what Celery stores; see recordPayloads.py. */
const recorded: Record<string, string> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recordedPayloads.json'), 'utf8'),
);
const payload = (name: string): Buffer => {
  assert.ok(recorded[name], name);
  return Buffer.from(recorded[name], 'base64');
};
const decode = (json: string) => decodeTaskResult('t1', Buffer.from(json));
const sentenceOf = (name: string): string => {
  const { result } = decodeTaskResult('t1', payload(name));
  return result.kind === 'opaque' ? result.sentence : `not opaque: ${JSON.stringify(result)}`;
};

describe('a recorded result', () => {
  it('is read with its value, state and date', () => {
    const result = decodeTaskResult('t1', payload('json'));
    assert.equal(result.status, 'SUCCESS');
    assert.equal(result.found, true);
    assert.deepEqual(result.result, { kind: 'json', value: { n: 3 }, exactText: null });
    assert.match(result.dateDone ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/);
  });

  it('tells with result_extended what ran where', () => {
    const { name, args, kwargs, worker, retries, queue, groupId, parentId, children } = decodeTaskResult(
      't1',
      payload('extended'),
    );
    assert.deepEqual([name, args, kwargs, worker, retries, queue], ['shop.pay', [1], { a: 2 }, 'w@h', 1, 'priority']);
    assert.deepEqual([groupId, parentId, children], ['g1', 'p1', [[['c1', null], null]]]);
  });

  it('of a failure is an exception with its traceback', () => {
    const { result, traceback } = decodeTaskResult('t1', payload('failure'));
    assert.deepEqual(result, { kind: 'exception', type: 'KeyError', message: ['x'], module: 'builtins' });
    assert.equal(traceback, 'Traceback …');
  });

  it('of a running task names the process', () => {
    assert.deepEqual(decodeTaskResult('t1', payload('started')).runningOn, { hostname: 'w@h', pid: 7 });
    assert.equal(decode('{"status": "SUCCESS", "result": {"pid": 7, "hostname": "w@h"}}').runningOn, null);
  });

  it('that is compressed as Celery 5.7 does it is read', () => {
    assert.deepEqual(decodeTaskResult('t1', payload('gzip')).result, decodeTaskResult('t1', payload('json')).result);
  });
});

describe('a result that is not read', () => {
  it('says that it is pickled and never unpickled', () => {
    for (const name of ['pickle', 'pickleFailure', 'pickleProtocol0', 'pickleProtocol5'])
      assert.match(sentenceOf(name), /pickled, and Celeriac never unpickles/, name);
  });

  it('says which other format it has', () => {
    assert.match(sentenceOf('yaml'), /stored as YAML/);
    assert.match(sentenceOf('msgpack'), /stored as MessagePack/);
    assert.match(sentenceOf('bzip2'), /compressed with application\/x-bz2/);
  });

  it('still has the state that its first bytes tell', () => {
    const states = ['pickle', 'pickleFailure', 'pickleProtocol5', 'yaml', 'msgpack', 'pickleProtocol0', 'bzip2'].map(
      (name) => decodeTaskResult('t1', payload(name)).status,
    );
    assert.deepEqual(states, ['SUCCESS', 'FAILURE', 'SUCCESS', 'SUCCESS', 'SUCCESS', 'UNKNOWN', 'UNKNOWN']);
  });

  it('may be anything at all', () => {
    for (const bytes of [
      '',
      'nonsense',
      '[]',
      '{"a":1}',
      '{"status":5}',
      'x\x9cabc',
      '\x80\x04',
      '\x80\x04\x95',
      '\x8f\xa6s',
    ]) {
      const result = decodeTaskResult('t1', Buffer.from(bytes, 'latin1'));
      assert.equal(result.status, 'UNKNOWN', JSON.stringify(bytes));
      assert.equal(result.result.kind, 'opaque', JSON.stringify(bytes));
    }
  });

  it('is cut short at any byte without a mishap', () => {
    for (const [name, text] of Object.entries(recorded)) {
      const whole = Buffer.from(text, 'base64');
      for (let length = 0; length < whole.length; length += 1)
        assert.equal(decodeTaskResult('t1', whole.subarray(0, length)).found, true, `${name} ${length}`);
    }
  });
});

describe('a value', () => {
  it('keeps the types of kombu as they are stored', () => {
    const value = { when: { __type__: 'datetime', __value__: '2026-01-02T03:04:05' } };
    const { result } = decode(JSON.stringify({ status: 'SUCCESS', result: value }));
    assert.deepEqual(result, { kind: 'json', value, exactText: null });
  });

  it('has its exact text beside it where JavaScript has no such number', () => {
    const texts = ['12345678901234567890', 'NaN', '[Infinity]', '[-Infinity]', '{"a": {"b": [9007199254740993]}}'];
    for (const text of texts) {
      const { result } = decode(`{"children": [], "status": "SUCCESS", "result": ${text}, "traceback": null}`);
      assert.equal(result.kind === 'json' ? result.exactText : '', text);
    }
  });

  it('has no exact text where digits only look large', () => {
    for (const text of [
      '9007199254740991',
      '"12345678901234567890"',
      '0.12345678901234567',
      '["NaN \\" 12345678901234567890"]',
    ]) {
      const { result } = decode(`{"status": "SUCCESS", "result": ${text}, "kwargs": {"result": 12345678901234567890}}`);
      assert.equal(result.kind === 'json' ? result.exactText : '', null, text);
    }
  });

  it('that looks like an exception is one only in a state of exceptions', () => {
    const stored = { exc_type: 'E', exc_message: 'plain', exc_module: null };
    assert.equal(decode(JSON.stringify({ status: 'SUCCESS', result: stored })).result.kind, 'json');
    assert.deepEqual(decode(JSON.stringify({ status: 'RETRY', result: stored })).result, {
      kind: 'exception',
      type: 'E',
      message: ['plain'],
      module: null,
    });
  });
});

describe('the first bytes of an entry', () => {
  it('tell the state as the whole does', () => {
    for (const name of ['json', 'failure', 'started', 'pickle', 'pickleFailure', 'pickleProtocol5', 'msgpack']) {
      const whole = payload(name);
      assert.equal(peekStatus(whole.subarray(0, statusWithinBytes)), decodeTaskResult('t1', whole).status, name);
    }
  });

  it('admit where they do not tell it', () => {
    for (const name of ['yaml', 'gzip', 'pickleProtocol0']) assert.equal(peekStatus(payload(name)), null, name);
    assert.equal(peekStatus(Buffer.from('{"result": 1, "status": "SUCCESS"}')), null);
    for (const name of ['pickle', 'msgpack']) {
      const end = payload(name).indexOf('SUCCESS') + 'SUCCESS'.length;
      assert.deepEqual(
        [end, end - 1].map((length) => peekStatus(payload(name).subarray(0, length))),
        ['SUCCESS', null],
        name,
      );
    }
  });
});

describe('a saved group', () => {
  it('names the tasks of groups within it', () => {
    const task = (id: string) => [[id, null], null];
    const stored = {
      result: [
        ['g', null],
        [
          task('a'),
          [
            ['inner', null],
            [task('b'), task('c')],
          ],
        ],
      ],
    };
    assert.deepEqual(decodeGroup(Buffer.from(JSON.stringify(stored))), { taskIds: ['a', 'b', 'c'] });
  });

  it('says why its tasks cannot be named', () => {
    for (const text of ['{}', '[]', '{"result": [["g", null], [7]]}', '{"result": [["g"], "x"]}']) {
      const members = decodeGroup(Buffer.from(text));
      assert.ok('sentence' in members && /not have the format of Celery/.test(members.sentence), text);
    }
    const pickled = decodeGroup(payload('pickle'));
    assert.ok('sentence' in pickled && /pickled/.test(pickled.sentence));
  });

  it('may nest without end and is refused then', () => {
    const deep = '[["g",null],['.repeat(50_000) + ']]'.repeat(50_000);
    assert.ok('sentence' in decodeGroup(Buffer.from(`{"result": ${deep}}`)));
  });
});

describe('a part of a chord', () => {
  it('is the id and state of a task that has ended', () => {
    assert.deepEqual(decodeChordPart(Buffer.from('[1, "t1", "SUCCESS", {"a": 1}]')), {
      taskId: 't1',
      status: 'SUCCESS',
    });
    assert.equal(decodeChordPart(Buffer.from('[1, 2]')), null);
    assert.equal(decodeChordPart(payload('pickle')), null);
  });
});

describe('the keys of a backend', () => {
  const keyWith = (prefix: unknown) => readResultKeys({ global_keyprefix: prefix }).task('t1');

  it('begin with the prefix, set off by an underscore unless it sets itself off', () => {
    assert.deepEqual(
      [undefined, '', 'app', 'app:', 'app_', 'app-', 'app.', 'app/'].map(keyWith),
      ['', '', 'app_', 'app:', 'app_', 'app-', 'app.', 'app/_'].map((prefix) => `${prefix}celery-task-meta-t1`),
    );
    assert.equal(readResultKeys({}).group('g1'), 'celery-taskset-meta-g1');
  });
});
